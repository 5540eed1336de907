import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jest } from "@jest/globals";
import { newDataDir, removeDataDir, startProduct, until } from "../support/product.ts";

jest.setTimeout(90_000);

const folders: string[] = [];
const folder = () => {
	const made = mkdtempSync(join(tmpdir(), "sco-start-"));
	folders.push(made);
	return made;
};

/** Runs the product until it ends by itself. */
async function start(env: Record<string, string>, args: readonly string[] = []) {
	const child = spawn(process.execPath, ["src/main.ts", ...args], {
		env: { ...process.env, PORT: "0", DATA_DIR: folder(), ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	let errors = "";
	child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
	const timer = setTimeout(() => child.kill("SIGKILL"), 45_000);
	const code = await new Promise<number | null>((done) => child.on("exit", done));
	clearTimeout(timer);
	return { code, output, errors };
}

function expectOneSentence(run: { code: number | null; errors: string }, ...parts: string[]) {
	expect(run.code).toBe(1);
	for (const part of parts) expect(run.errors).toContain(part);
	expect(run.errors).not.toMatch(/^\s+at /m);
	expect(run.errors.trim().split("\n").length).toBeLessThan(8);
}

/** The ids of every process that has the folder on its command line. */
function processesOf(dataDir: string): string {
	return spawnSync("pgrep", ["-f", dataDir], { encoding: "utf8" }).stdout.trim();
}

async function listen(server: Server): Promise<number> {
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	return (server.address() as AddressInfo).port;
}

afterAll(() => {
	for (const made of folders) rmSync(made, { recursive: true, force: true });
});

describe("a start that can't work says why in a sentence and ends with 1", () => {
	it("a configuration file that is no YAML", async () => {
		const file = join(folder(), "bad.yaml");
		writeFileSync(file, "watches:\n  - name: [\n");
		expectOneSentence(await start({ CONFIG_FILE: file }), file, "is not valid YAML at line");
	});

	it("unknown and wrong keys, all at once", async () => {
		const file = join(folder(), "bad.yaml");
		writeFileSync(
			file,
			"colour: blue\nenvironment: LOCAL!\nwatches:\n  - name: a\n    metric: m\n    query: up\n    intervall: 3\n",
		);
		expectOneSentence(
			await start({ CONFIG_FILE: file, PORT: "x" }),
			'"colour"',
			"environment",
			'"intervall"',
			"PORT",
		);
	});

	it("a port in use", async () => {
		const server = createServer();
		const port = await listen(server);
		try {
			const dataDir = folder();
			expectOneSentence(
				await start({ PORT: String(port), DATA_DIR: dataDir }),
				`127.0.0.1:${port} is in use`,
				"PORT",
			);
			expect(existsSync(join(dataDir, "postgres"))).toBe(false);
		} finally {
			server.close();
		}
	});

	it("a data folder that can't be made", async () => {
		const file = join(folder(), "file");
		writeFileSync(file, "");
		expectOneSentence(await start({ DATA_DIR: join(file, "data") }), "data folder", "DATA_DIR");
	});

	it("a data folder below /proc, where node's own recursive mkdir never ends", async () => {
		const started = performance.now();
		expectOneSentence(
			await start({ DATA_DIR: "/proc/foo/data" }),
			"/proc/foo/data can't be made",
			"DATA_DIR",
		);
		expectOneSentence(await start({ DATA_DIR: "/proc" }), "data folder /proc", "DATA_DIR");
		expect(performance.now() - started).toBeLessThan(40_000);
	});

	it("a database that does not answer", async () => {
		const run = await start({ DATABASE_URL: "postgres://nobody:hidden-word@127.0.0.1:1/none" });
		expectOneSentence(run, "database of DATABASE_URL", "127.0.0.1:1;");
		expect(run.errors + run.output).not.toContain("hidden-word");
	});

	it("a role that does not exist", async () => {
		expectOneSentence(await start({}, ["--role", "king"]), '"king"', "ingress, agent, executor");
	});

	it("one role without a database that the others reach", async () => {
		const run = await start({ DATABASE_URL: "" }, ["--role", "executor"]);
		expectOneSentence(run, "--role executor needs DATABASE_URL", "docs/security.md");
	});

	it.each([
		["an option that does not exist", ["--port", "5"], "no option --port"],
		["an argument that is no option", ["now"], 'no argument "now"'],
		["a role that is left out", ["--role"], "--role takes"],
	])("%s", async (_what, args, sentence) => {
		expectOneSentence(await start({}, args), sentence, "--role", "ingress,");
	});
});

it("shows how to use it on --help, and ends with 0", async () => {
	const { code, output, errors } = await start({ PORT: "not read" }, ["--help"]);
	expect({ code, errors }).toEqual({ code: 0, errors: "" });
	for (const part of ["--role", "--help", "PORT", "DATA_DIR", "DATABASE_URL", "README.md"])
		expect(output).toContain(part);
});

describe("a product that runs", () => {
	it("refuses a second start on its folder, keeps going, and says at run time that Prometheus does not answer", async () => {
		const dataDir = newDataDir();
		const product = await startProduct({ dataDir, env: { PROMETHEUS_URL: "http://127.0.0.1:1" } });
		try {
			expectOneSentence(
				await start({ DATA_DIR: dataDir }),
				`Process ${product.pid} already uses`,
				"DATA_DIR",
			);
			type Status = { problems: string[]; watches: { state: string }[] };
			const status = await until(
				"a problem that names Prometheus",
				async () => {
					const seen = await product.get<Status>("/api/v1/status");
					return seen.problems.some((problem) => problem.includes("127.0.0.1:1")) && seen;
				},
				40_000,
			);
			expect(status.watches.every((watch) => watch.state !== "ready")).toBe(true);
			type Page = { items: { kind: string; target: string }[] };
			const blind = await until(
				"a blind incident",
				async () => (await product.get<Page>("/api/v1/incidents?status=open")).items[0],
				70_000,
			);
			expect(blind).toMatchObject({ kind: "blind", target: "metrics" });
			expect((await product.get<{ ok: boolean }>("/api/v1/audit/verify")).ok).toBe(true);
		} finally {
			await product.stop();
			removeDataDir(dataDir);
		}
	});

	it.each(["SIGTERM", "SIGHUP", "SIGINT"] as const)(
		"ends with 0 on %s, without a word on lost connections or from node, and leaves no process behind",
		async (signal) => {
			const dataDir = newDataDir();
			const product = await startProduct({ dataDir });
			process.kill(product.pid, signal);
			expect(await product.exited()).toBe(0);
			expect(processesOf(dataDir)).toBe("");
			expect(product.output()).not.toMatch(/connection|Warning:/);
			removeDataDir(dataDir);
		},
	);

	it("ends in order on a signal that comes while it starts", async () => {
		const dataDir = newDataDir();
		const child = spawn(process.execPath, ["src/main.ts"], {
			env: { ...process.env, PORT: "0", DATA_DIR: dataDir },
			stdio: ["ignore", "pipe", "inherit"],
		});
		const exited = new Promise<number | null>((done) => child.on("exit", done));
		child.stdout.once("data", () => child.kill("SIGHUP"));
		expect(await exited).toBe(0);
		expect(processesOf(dataDir)).toBe("");
		removeDataDir(dataDir);
	});

	it("goes on when nobody reads what it prints", async () => {
		const dataDir = newDataDir();
		const child = spawn(process.execPath, ["src/main.ts"], {
			env: { ...process.env, PORT: "0", DATA_DIR: dataDir, LOG_LEVEL: "debug" },
			stdio: ["ignore", "pipe", "pipe"],
		});
		const exited = new Promise<number | null>((done) => child.on("exit", done));
		child.stdout.once("data", () => {
			child.stdout.destroy();
			child.stderr.destroy();
		});
		const running = join(dataDir, "running.json");
		const url = await until(
			"the product is ready",
			async () => existsSync(running) && (JSON.parse(readFileSync(running, "utf8")) as { url: string }).url,
			60_000,
		);
		expect((await fetch(`${url}/healthz`)).status).toBe(200);
		child.kill("SIGTERM");
		expect(await exited).toBe(0);
		expect(processesOf(dataDir)).toBe("");
		removeDataDir(dataDir);
	});
});
