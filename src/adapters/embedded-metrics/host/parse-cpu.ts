import { type HostReading, hostReading } from "./host-reading.ts";

const MODES = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"] as const;

/** CPU seconds per CPU and mode, and the boot time, from /proc/stat. `ticksPerSecond` is the unit of its counts. */
export function parseCpu(stat: string, ticksPerSecond: number): readonly HostReading[] {
	const readings: HostReading[] = [];
	for (const line of stat.split("\n")) {
		const [name = "", ...fields] = line.split(/\s+/);
		const cpu = /^cpu(\d+)$/.exec(name)?.[1];
		if (cpu !== undefined)
			for (const [place, mode] of MODES.entries())
				readings.push(
					hostReading("node_cpu_seconds_total", Number(fields[place] ?? 0) / ticksPerSecond, { cpu, mode }),
				);
		if (name === "btime") readings.push(hostReading("node_boot_time_seconds", Number(fields[0])));
	}
	return readings;
}
