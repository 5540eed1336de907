import { readFileSync } from "node:fs";
import { commonReadings } from "./common-readings.ts";
import { type HostReading, hostReading } from "./host-reading.ts";
import { readKernelUnits } from "./kernel-units.ts";
import { parseCpu } from "./parse-cpu.ts";
import { parseDisks } from "./parse-disks.ts";
import { parseMemory } from "./parse-memory.ts";
import { parseMounts } from "./parse-mounts.ts";
import { parseNetwork } from "./parse-network.ts";
import { createProcessGroups } from "./process-groups.ts";
import { readFilesystems } from "./read-filesystems.ts";
import { readProcesses } from "./read-processes.ts";

/** One look at the host. `nowMs` is the time of the look in Unix milliseconds. */
export type HostCollector = (nowMs: number) => Promise<readonly HostReading[]>;

/** Reads this host from /proc; starts no processes. What a host does not have (a container's disks) is left out. */
export function createLinuxCollector(): HostCollector {
	const units = readKernelUnits();
	const groups = createProcessGroups();
	const highest = new Map<string, number>();
	let beforeMs: number | undefined;

	return async (nowMs) => {
		const elapsedSeconds = Math.max(0, (nowMs - (beforeMs ?? nowMs)) / 1000);
		beforeMs = nowMs;
		const stat = parseCpu(readText("/proc/stat"), units.ticksPerSecond);
		return [
			...stat.map((reading) => neverFalling(reading, highest)),
			...parseMemory(readText("/proc/meminfo")),
			...parseDisks(readText("/proc/diskstats")),
			...parseNetwork(readText("/proc/net/dev")),
			...commonReadings(nowMs),
			...(await readFilesystems(parseMounts(readText("/proc/self/mounts")))),
			...groups.update(await readProcesses(units), elapsedSeconds),
		];
	};
}

function readText(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return "";
	}
}

/** The kernel's idle and iowait counts may step back a little, which rate() would take for a reset. */
function neverFalling(reading: HostReading, highest: Map<string, number>): HostReading {
	if (reading.name !== "node_cpu_seconds_total") return reading;
	const key = `${reading.labels.cpu} ${reading.labels.mode}`;
	const before = highest.get(key) ?? 0;
	const value = reading.value < before && before - reading.value < 3 ? before : reading.value;
	highest.set(key, value);
	return hostReading(reading.name, value, reading.labels);
}
