import { arch, hostname, loadavg, machine, release, type, version } from "node:os";
import { type HostReading, hostReading } from "./host-reading.ts";

/** Load, clock and system information, the same way on every system. */
export function commonReadings(nowMs: number): readonly HostReading[] {
	const [load1 = 0, load5 = 0, load15 = 0] = loadavg();
	const system = {
		sysname: type(),
		release: release(),
		version: version(),
		machine: machine() || arch(),
		nodename: hostname(),
	};
	return [
		hostReading("node_load1", round2(load1)),
		hostReading("node_load5", round2(load5)),
		hostReading("node_load15", round2(load15)),
		hostReading("node_time_seconds", nowMs / 1000),
		hostReading("node_uname_info", 1, system),
	];
}

/** Systems keep two decimals of the load; more are noise that would be stored. */
function round2(value: number): number {
	return Math.round(value * 100) / 100;
}
