import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programPath } from "../../../support/require-program.ts";

/** A real Prometheus on loopback, empty, taking remote writes. */
export type RunningPrometheus = { readonly url: string; readonly stop: () => Promise<void> };

/** Configuration to scrape a `/metrics` URL as job "app", instance "app-1", five times a second. */
export function scrapeConfig(url: string): string {
	const { host } = new URL(url);
	const target = `{ targets: ["${host}"], labels: { instance: "app-1", environment: "local" } }`;
	const timing = "scrape_interval: 200ms, scrape_timeout: 200ms";
	return `scrape_configs: [{ job_name: app, ${timing}, static_configs: [${target}] }]`;
}

/** Starts one with its own data folder on a free port and waits until it is ready. */
export async function startPrometheus(extraConfig = ""): Promise<RunningPrometheus> {
	const program = programPath("prometheus");
	if (!program) throw new Error("prometheus is not installed");
	const folder = await mkdtemp(join(tmpdir(), "prometheus-"));
	const config = join(folder, "prometheus.yml");
	await writeFile(config, `global: { scrape_interval: 1h }\n${extraConfig}`);
	const url = `http://127.0.0.1:${await freePort()}`;
	const child = spawn(
		program,
		[
			`--config.file=${config}`,
			`--storage.tsdb.path=${join(folder, "data")}`,
			`--web.listen-address=${new URL(url).host}`,
			"--web.enable-remote-write-receiver",
			"--log.level=warn",
		],
		{ stdio: ["ignore", "ignore", "pipe"] },
	);
	let log = "";
	child.stderr.on("data", (chunk: Buffer) => {
		log = `${log}${chunk.toString()}`.slice(-2_000);
	});
	const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
	const stop = async (): Promise<void> => {
		child.kill("SIGTERM");
		await exited;
		await rm(folder, { recursive: true, force: true });
	};
	const deadline = Date.now() + 15_000;
	while (!(await isReady(url))) {
		if (child.exitCode !== null || Date.now() > deadline) {
			await stop();
			throw new Error(`Prometheus did not start: ${log}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return { url, stop };
}

async function isReady(url: string): Promise<boolean> {
	try {
		return (await fetch(`${url}/-/ready`)).ok;
	} catch {
		return false;
	}
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === "string") throw new Error("no free port");
	return address.port;
}
