import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Logger } from "../../../src/ports/logger.ts";

/** What the store program is asked to do; the first four go to startEmbeddedPostgres. */
export type StoreRequest = {
	dataDir: string;
	systemDir?: string;
	packageDir?: string;
	sql?: readonly string[];
	hold?: boolean;
};

type Started = {
	pid: number;
	adopted: boolean;
	connection: { host: string; user: string; database: string };
	rows: readonly Record<string, unknown>[];
};

/** Everything one run of the store program said. */
export type StoreRun = {
	child: ChildProcess;
	logs: string[];
	started?: Started;
	failed?: { code: string; message: string; detail?: string };
};

const program = fileURLToPath(new URL("./store-program.ts", import.meta.url));

/** Runs the store program until it holds, stops or fails. `uid` starts it as another user (root only). */
export async function runStore(request: StoreRequest, uid?: number, env = process.env): Promise<StoreRun> {
	const run = spawnStore(request, uid, env);
	const lines = createInterface({ input: run.stdout });
	const told: StoreRun = { child: run, logs: [] };
	for await (const line of lines) {
		const said = JSON.parse(line) as Partial<StoreRun> & { log?: string };
		if (said.log !== undefined) told.logs.push(said.log);
		if (said.started !== undefined) told.started = said.started;
		if (said.failed !== undefined) told.failed = said.failed;
		if (said.started !== undefined && request.hold) break;
	}
	return told;
}

/** The running program without reading it. */
export function spawnStore(request: StoreRequest, uid?: number, env = process.env) {
	return spawn(process.execPath, ["--no-warnings", program, JSON.stringify(request)], {
		stdio: ["ignore", "pipe", "inherit"],
		env,
		...(uid === undefined ? {} : { uid, gid: uid }),
	});
}

/** kill -9, and waits until it is gone. */
export async function killHard(child: ChildProcess): Promise<void> {
	const gone = once(child, "exit");
	child.kill("SIGKILL");
	await gone;
}

/** A new folder under the temporary one that every user may enter. */
export async function makeTestFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "store-test-"));
	await chmod(folder, 0o755);
	return folder;
}

/** Ends every server whose data lie below `folder`, and removes the folder and the servers' sockets. */
export async function removeTestFolder(folder: string): Promise<void> {
	for (const pid of listServers(folder)) {
		const words = commandLine(pid).split("\0");
		process.kill(pid, "SIGQUIT");
		await rm(words[words.indexOf("-k") + 1] ?? "", { recursive: true, force: true });
	}
	await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** The pids of the servers (not their helpers, nor forks not yet renamed) whose data lie below `folder`. */
export function listServers(folder: string): number[] {
	const pids = readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => commandLine(pid).includes(`bin/postgres\0-D\0${folder}`));
	return pids.filter((pid) => !pids.includes(readParent(pid)));
}

function readParent(pid: number): number {
	try {
		return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
	} catch {
		return 0;
	}
}

function commandLine(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, "utf8");
	} catch {
		return "";
	}
}

/** A logger that keeps the messages. */
export function keepLogs(messages: string[] = []): Logger {
	const log = (message: string) => {
		messages.push(message);
	};
	const logger: Logger = { debug: log, info: log, warn: log, error: log, child: () => logger };
	return logger;
}

export const isRoot = process.getuid?.() === 0;
