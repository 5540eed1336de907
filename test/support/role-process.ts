import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { newDataDir, until } from "./product.ts";

/** A process of the product with some roles, which need not have a port. */
export type RoleProcess = {
	readonly dataDir: string;
	readonly output: () => string;
	/** Everything its log files hold. */
	readonly log: () => string;
	/** Ends it as Ctrl-C does; resolves with the exit code. */
	stop(): Promise<number | null>;
	exited(): Promise<number | null>;
};

/** Starts `src/main.ts` with these arguments in a data folder of its own. */
export function spawnRole(
	args: readonly string[],
	env: Readonly<Record<string, string>>,
	dataDir = newDataDir(),
): RoleProcess {
	const child = spawn(process.execPath, ["src/main.ts", ...args], {
		env: { ...process.env, PORT: "0", DATA_DIR: dataDir, ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
	const exited = new Promise<number | null>((done) => child.on("exit", (code) => done(code)));
	return {
		dataDir,
		output: () => output,
		log: () => {
			const folder = join(dataDir, "logs");
			return readdirSync(folder)
				.map((name) => readFileSync(join(folder, name), "utf8"))
				.join("");
		},
		stop: () => {
			child.kill("SIGTERM");
			return exited;
		},
		exited: () => exited,
	};
}

/** As `spawnRole`, resolved once it says that it is ready. */
export async function startRole(...given: Parameters<typeof spawnRole>): Promise<RoleProcess> {
	const started = spawnRole(...given);
	const end = new AbortController();
	void started.exited().finally(() => end.abort());
	const isReady = async () => end.signal.aborted || /^.*Ready in /m.test(started.output());
	await until(`${given[0].join(" ")} to be ready`, isReady, 60_000, 50);
	if (end.signal.aborted) throw new Error(`ended before it was ready:\n${started.output()}`);
	return started;
}
