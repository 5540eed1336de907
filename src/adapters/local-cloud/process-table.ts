import { readdir, readFile } from "node:fs/promises";

/** A process that no reused pid can be taken for: its pid and its start in clock ticks since boot. */
export type ProcessIdentity = { readonly pid: number; readonly startTicks: string };

type ProcessStat = ProcessIdentity & { readonly state: string; readonly session: number };

/** The boot that pids and ticks belong to. */
export async function readBootId(): Promise<string> {
	return (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
}

/** Who lives under a pid now; undefined when nobody does. A zombie does not live. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
	const found = await readStat(pid);
	return found && !"ZX".includes(found.state) ? { pid, startTicks: found.startTicks } : undefined;
}

/** True while exactly this process lives. */
export async function isAlive({ pid, startTicks }: ProcessIdentity): Promise<boolean> {
	return (await identifyProcess(pid))?.startTicks === startTicks;
}

/**
 * Sends a signal to a process and its process group, which it leads, if it still is that process. Answers whether
 * it was. Between look and signal lie microseconds; a pid is not given out again that soon.
 */
export async function signalGroup(identity: ProcessIdentity, signal: NodeJS.Signals): Promise<boolean> {
	if (!(await isAlive(identity))) return false;
	return send(-identity.pid, signal);
}

/** As `signalGroup`, but this process alone. */
export async function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): Promise<boolean> {
	if (!(await isAlive(identity))) return false;
	return send(identity.pid, signal);
}

/** Living processes whose environment holds `NAME=value`: those of this user, or all for root. */
export async function findByEnvironment(variable: string): Promise<(ProcessIdentity & { leads: boolean })[]> {
	const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
	const found = await Promise.all(pids.map((pid) => matchEnvironment(pid, variable)));
	return found.filter((match) => match !== undefined);
}

async function matchEnvironment(pid: number, variable: string) {
	const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
	if (!environment.split("\0").includes(variable)) return undefined;
	const stat = await readStat(pid);
	if (stat === undefined || "ZX".includes(stat.state)) return undefined;
	return { pid, startTicks: stat.startTicks, leads: stat.session === pid };
}

function send(target: number, signal: NodeJS.Signals): boolean {
	try {
		return process.kill(target, signal);
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
		throw error;
	}
}

/** The fields after the command name, which stands in parentheses and may hold anything, start with the state. */
async function readStat(pid: number): Promise<ProcessStat | undefined> {
	const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
	if (text === undefined) return undefined;
	const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
	return { pid, state: fields[0] ?? "X", session: Number(fields[3]), startTicks: fields[19] ?? "" };
}
