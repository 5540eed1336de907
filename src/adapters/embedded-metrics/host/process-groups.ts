import { type HostReading, hostReading } from "./host-reading.ts";
import type { ProcessUsage } from "./parse-process.ts";

/** How many groups are reported by CPU and, beside them, by memory. */
const TOP = 10;
/** Groups remembered; names beyond it are counted together as "other". */
const MAX_GROUPS = 2_000;
/** How fast the ranking by CPU forgets: a minute, so that a short burst does not change who is reported. */
const RANK_SECONDS = 60;

type Group = {
	cpuSeconds: number;
	recentCpu: number;
	burst: number;
	residentBytes: number;
	processes: number;
};

/** Turns rounds of process lists into readings per name. */
export type ProcessGroups = {
	/** `elapsedSeconds` is the time since the round before; the first round only sets the start of the counters. */
	readonly update: (processes: readonly ProcessUsage[], elapsedSeconds: number) => readonly HostReading[];
};

/**
 * Groups processes by name. A group's CPU counter adds up what each process used since the round before, so it never
 * falls when a process ends. Reported are the ten groups with most CPU of late and the ten with most memory.
 */
export function createProcessGroups(): ProcessGroups {
	const groups = new Map<string, Group>();
	let before: ReadonlyMap<number, ProcessUsage> | undefined;

	const groupOf = (name: string): Group => {
		const known = groups.get(name);
		if (known) return known;
		if (groups.size >= MAX_GROUPS && name !== "other") return groupOf("other");
		const group: Group = { cpuSeconds: 0, recentCpu: 0, burst: 0, residentBytes: 0, processes: 0 };
		groups.set(name, group);
		return group;
	};

	const usedSinceBefore = (process: ProcessUsage): number => {
		if (!before) return 0;
		const old = before.get(process.pid);
		if (old?.startTicks !== process.startTicks) return process.cpuSeconds;
		return Math.max(0, process.cpuSeconds - old.cpuSeconds);
	};

	const update = (processes: readonly ProcessUsage[], elapsedSeconds: number): readonly HostReading[] => {
		for (const group of groups.values()) Object.assign(group, { burst: 0, residentBytes: 0, processes: 0 });
		for (const process of processes) {
			const group = groupOf(process.name);
			group.burst += usedSinceBefore(process);
			group.residentBytes += process.residentBytes;
			group.processes += 1;
		}
		const keep = Math.exp(-elapsedSeconds / RANK_SECONDS);
		for (const [name, group] of groups) {
			group.cpuSeconds += group.burst;
			group.recentCpu = group.recentCpu * keep + group.burst;
			if (group.processes === 0 && group.recentCpu < 1e-6) groups.delete(name);
		}
		before = new Map(processes.map((process) => [process.pid, process]));
		return topGroups(groups).flatMap(([name, group]) => groupReadings(name, group));
	};

	return { update };
}

function topGroups(groups: ReadonlyMap<string, Group>): readonly (readonly [string, Group])[] {
	const alive = [...groups].filter(([, group]) => group.processes > 0);
	const busy = alive.filter(([, group]) => group.recentCpu > 0);
	const byCpu = busy.toSorted(([, a], [, b]) => b.recentCpu - a.recentCpu);
	const byMemory = alive.toSorted(([, a], [, b]) => b.residentBytes - a.residentBytes);
	return [...new Set([...byCpu.slice(0, TOP), ...byMemory.slice(0, TOP)])];
}

function groupReadings(groupname: string, group: Group): readonly HostReading[] {
	return [
		hostReading("namedprocess_namegroup_cpu_seconds_total", group.cpuSeconds, { groupname }),
		hostReading("namedprocess_namegroup_memory_bytes", group.residentBytes, {
			groupname,
			memtype: "resident",
		}),
		hostReading("namedprocess_namegroup_num_procs", group.processes, { groupname }),
	];
}
