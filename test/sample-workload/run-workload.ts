import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../src/sample-workload/main.ts", import.meta.url));
export const token = "control-token-of-the-test";

export type Workload = { port: number; child: ChildProcess; stderr: Promise<string> };

/** A loopback port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	return typeof address === "object" && address !== null ? address.port : 0;
}

/** Starts the sample service without waiting for it. */
export function spawnWorkload(port: number, env: Record<string, string> = {}): Workload {
	const child = spawn(process.execPath, ["--no-warnings", program], {
		env: { PORT: String(port), CONTROL_TOKEN: token, ...env },
		stdio: ["ignore", "ignore", "pipe"],
	});
	return { port, child, stderr: text(child.stderr) };
}

/** Starts the sample service and waits until it answers. */
export async function startWorkload(env: Record<string, string> = {}): Promise<Workload> {
	const workload = spawnWorkload(await findFreePort(), env);
	await waitUntil(async () => (await fetch(`http://127.0.0.1:${workload.port}/healthz`)).ok);
	return workload;
}

/** Polls until `condition` holds; errors count as not yet. Throws after 15 s. */
export async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
	const deadline = performance.now() + 15_000;
	while (!(await condition().catch(() => false))) {
		if (performance.now() > deadline) throw new Error("the condition did not come true within 15 s");
		await sleep(20);
	}
}

/** Calls a control route with the token. */
export async function control(port: number, method: string, path: string, body?: object, given = token) {
	const response = await fetch(`http://127.0.0.1:${port}${path}`, {
		method,
		headers: { authorization: `Bearer ${given}` },
		...(body ? { body: JSON.stringify(body) } : {}),
	});
	return { status: response.status, body: (await response.json()) as { faults?: string[]; error?: string } };
}

/** Every sample of /metrics by its full name. */
export async function readMetrics(port: number): Promise<Map<string, number>> {
	const response = await fetch(`http://127.0.0.1:${port}/metrics`);
	const lines = (await response.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
	return new Map(
		lines.map((line) => {
			const end = line.lastIndexOf(" ");
			return [line.slice(0, end), Number(line.slice(end + 1))];
		}),
	);
}

/** How many requests were answered so far: all of them, and those with `code`. */
export async function countAnswers(port: number, code: string): Promise<{ total: number; ofCode: number }> {
	const metrics = await readMetrics(port);
	const count = (wanted: string) =>
		metrics.get(`http_requests_total{service="checkout",code="${wanted}"}`) ?? Number.NaN;
	return { total: count("200") + count("500") + count("502"), ofCode: count(code) };
}
