import { closeSync, openSync, readdirSync, readlinkSync, readSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { type KernelUnits, type ProcessUsage, parseProcess } from "./parse-process.ts";
import { isThreadName, programName } from "./process-name.ts";

const BUFFER = Buffer.alloc(1_024);
/** Processes read before the event loop gets its turn: about 2 ms. */
const BATCH = 200;

/**
 * All processes that this user may see. Files of /proc are made in memory, so reading them at once costs a tenth of
 * reading them through the thread pool: about 10 microseconds each. Processes that end meanwhile are left out.
 */
export async function readProcesses(units: KernelUnits): Promise<readonly ProcessUsage[]> {
	const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
	const processes: ProcessUsage[] = [];
	for (const [index, pid] of pids.entries()) {
		if (index > 0 && index % BATCH === 0) await setImmediate();
		const stat = readSmallFile(`/proc/${pid}/stat`);
		const process = stat === undefined ? undefined : parseProcess(stat, units);
		if (process) processes.push(withProgramName(process));
	}
	return processes;
}

function withProgramName(process: ProcessUsage): ProcessUsage {
	if (!isThreadName(process.name)) return process;
	const executable = readLink(`/proc/${process.pid}/exe`);
	const commandLine = readSmallFile(`/proc/${process.pid}/cmdline`) ?? "";
	return { ...process, name: programName(process.name, executable, commandLine) };
}

function readLink(path: string): string | undefined {
	try {
		return readlinkSync(path);
	} catch {
		return undefined;
	}
}

function readSmallFile(path: string): string | undefined {
	try {
		const file = openSync(path, "r");
		try {
			return BUFFER.toString("utf8", 0, readSync(file, BUFFER, 0, BUFFER.length, 0));
		} finally {
			closeSync(file);
		}
	} catch {
		return undefined;
	}
}
