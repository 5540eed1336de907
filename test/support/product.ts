import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The same limits as `npm start`. */
const NODE_FLAGS = ["--max-old-space-size=256", "--max-semi-space-size=4"];

/** A product process under test, talked to as a user's program would: over HTTP with the admin key. */
export type Product = {
	readonly url: string;
	readonly dataDir: string;
	readonly pid: number;
	readonly output: () => string;
	/** Milliseconds from spawn to the line that says it is ready. */
	readonly readyMs: number;
	get<T>(path: string): Promise<T>;
	post<T>(path: string, body: unknown): Promise<{ readonly status: number; readonly body: T }>;
	/** Ends it as Ctrl-C does; resolves with the exit code. */
	stop(): Promise<number | null>;
	/** Kills only the product's own process, as a crash does. */
	kill(): Promise<void>;
	exited(): Promise<number | null>;
};

export type ProductOptions = {
	readonly dataDir?: string;
	readonly env?: Readonly<Record<string, string>>;
	/** How long it may take to say that it is ready. */
	readonly deadlineMs?: number;
};

/** A data folder that is removed by `removeDataDir`. Open to enter, so that a store started by root stays in it. */
export function newDataDir(): string {
	const dataDir = mkdtempSync(join(tmpdir(), "sco-product-"));
	chmodSync(dataDir, 0o755);
	return dataDir;
}

export function removeDataDir(dataDir: string): void {
	rmSync(dataDir, { recursive: true, force: true });
}

/** Starts `src/main.ts` on a free port and waits until it is ready. Rejects with its output if it ends before. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
	const dataDir = options.dataDir ?? newDataDir();
	const started = performance.now();
	const child = spawn(process.execPath, [...NODE_FLAGS, "src/main.ts"], {
		env: { ...process.env, PORT: "0", DATA_DIR: dataDir, ...options.env },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
	const exited = new Promise<number | null>((done) => child.on("exit", (code) => done(code)));
	await ready(child, () => output, options.deadlineMs ?? 60_000);
	const readyMs = performance.now() - started;
	const { url } = JSON.parse(readFileSync(join(dataDir, "running.json"), "utf8")) as { url: string };
	const key = readFileSync(join(dataDir, "admin-key"), "utf8").trim();
	const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
	return {
		url,
		dataDir,
		pid: child.pid ?? 0,
		output: () => output,
		readyMs,
		get: async <T>(path: string) => {
			const response = await fetch(`${url}${path}`, { headers });
			const body = await response.text();
			if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${body.slice(0, 500)}`);
			return JSON.parse(body) as T;
		},
		post: async <T>(path: string, body: unknown) => {
			const response = await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
			return { status: response.status, body: (await response.json()) as T };
		},
		stop: async () => {
			child.kill("SIGTERM");
			return exited;
		},
		kill: async () => {
			child.kill("SIGKILL");
			await exited;
		},
		exited: () => exited,
	};
}

async function ready(child: ChildProcess, output: () => string, deadlineMs: number): Promise<void> {
	await new Promise<void>((done, fail) => {
		const timer = setTimeout(
			() => finish(new Error(`not ready in ${deadlineMs} ms:\n${output()}`)),
			deadlineMs,
		);
		const look = () => {
			if (/^.*Ready in /m.test(output())) finish();
		};
		const ended = () => finish(new Error(`ended before it was ready:\n${output()}`));
		const finish = (error?: Error) => {
			clearTimeout(timer);
			child.stdout?.off("data", look);
			child.off("exit", ended);
			if (error) {
				child.kill("SIGKILL");
				fail(error);
			} else done();
		};
		child.stdout?.on("data", look);
		child.on("exit", ended);
	});
}

/** Asks again until `read` gives something, or fails with what was last seen. */
export async function until<T>(
	what: string,
	read: () => Promise<T | undefined | false>,
	deadlineMs: number,
	everyMs = 200,
): Promise<T> {
	const end = performance.now() + deadlineMs;
	let last: unknown;
	while (performance.now() < end) {
		try {
			const seen = await read();
			if (seen) return seen;
		} catch (error) {
			last = error;
		}
		await new Promise((next) => setTimeout(next, everyMs));
	}
	throw new Error(`${what}: not within ${deadlineMs} ms${last instanceof Error ? `: ${last.message}` : ""}`);
}
