import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { findByEnvironment, signalProcess } from "../../../src/adapters/local-cloud/process-table.ts";
import type { SupervisedCommand } from "../../../src/adapters/local-cloud/supervised-command.ts";
import { type Supervisor, startSupervisor } from "../../../src/adapters/local-cloud/supervisor.ts";
import type { ServiceInstance } from "../../../src/ports/cloud-reader.ts";
import type { Logger } from "../../../src/ports/logger.ts";

const program = fileURLToPath(new URL("./supervise-program.ts", import.meta.url));

/** A data folder whose services write a line into a journal at each start, and can all be found by a mark. */
export type Bench = {
	dataDir: string;
	/** A shell command under supervision; `$JOURNAL` is the journal's path. */
	command(script: string, changes?: Partial<SupervisedCommand>): SupervisedCommand;
	/** The lines the services wrote so far. */
	journal(): Promise<string[]>;
	/** The pids of all living processes of these services. */
	living(): Promise<number[]>;
	supervise(...commands: SupervisedCommand[]): Promise<Supervisor>;
	/** A supervisor in a process of its own, ready to be killed. */
	run(request: object): Promise<{ child: ChildProcess; services: ServiceInstance[] }>;
	clear(): Promise<void>;
};

/** Writes a line and stays until it is ended. */
export const steady = "echo start >> $JOURNAL; exec sleep 600";

export async function makeBench(): Promise<Bench> {
	const dataDir = await mkdtemp(join(tmpdir(), "supervisor-test-"));
	const mark = randomUUID();
	const journalPath = join(dataDir, "journal");
	const supervisors: Supervisor[] = [];
	const children: ChildProcess[] = [];
	const living = async () => (await findByEnvironment(`BENCH=${mark}`)).map(({ pid }) => pid);
	return {
		dataDir,
		command: (script, changes = {}) => ({
			name: "worker",
			command: "/bin/sh",
			args: ["-c", script],
			env: { BENCH: mark, JOURNAL: journalPath },
			environment: "local",
			stopTimeoutSeconds: 1,
			...changes,
		}),
		journal: async () =>
			(await readFile(journalPath, "utf8").catch(() => "")).split("\n").filter((line) => line !== ""),
		living,
		async supervise(...commands) {
			const supervisor = await startSupervisor({
				commands,
				dataDir,
				clock: { now: () => Date.now() },
				logger: keepLogs(),
				hostEnv: process.env,
			});
			supervisors.push(supervisor);
			await begun(commands);
			return supervisor;
		},
		async run(request) {
			const child = spawn(
				process.execPath,
				["--no-warnings", program, JSON.stringify({ dataDir, ...request })],
				{
					stdio: ["ignore", "pipe", "inherit"],
				},
			);
			children.push(child);
			const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
			return { child, services: (JSON.parse(line) as { services: ServiceInstance[] }).services };
		},
		async clear() {
			for (const child of children) child.kill("SIGKILL");
			for (const supervisor of supervisors) await supervisor.stop({ leaveRunning: true });
			for (const found of await findByEnvironment(`BENCH=${mark}`)) await signalProcess(found, "SIGKILL");
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

/** Waits until a service that writes a line when it begins has done so: signalled before, it never would. */
export async function begun(commands: readonly SupervisedCommand[]): Promise<void> {
	const journal = commands.find(({ args }) => args.some((arg) => arg.includes("echo start")))?.env.JOURNAL;
	if (journal === undefined) return;
	await waitUntil(async () => (await readFile(journal, "utf8").catch(() => "")) !== "");
}

/** kill -9, and waits until it is gone. */
export async function killHard(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = once(child, "exit");
	child.kill("SIGKILL");
	await gone;
}

/** Waits for a child to be gone by its own doing. */
export async function waitForEnd(child: ChildProcess): Promise<void> {
	if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

/** Polls until `condition` holds; throws after 15 s. */
export async function waitUntil(condition: () => Promise<boolean> | boolean): Promise<void> {
	const deadline = performance.now() + 15_000;
	while (!(await condition())) {
		if (performance.now() > deadline) throw new Error("the condition did not come true within 15 s");
		await sleep(20);
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
