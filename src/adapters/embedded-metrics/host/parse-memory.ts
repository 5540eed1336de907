import { type HostMetric, type HostReading, hostReading } from "./host-reading.ts";

const FIELDS: Readonly<Record<string, HostMetric>> = {
	MemTotal: "node_memory_MemTotal_bytes",
	MemAvailable: "node_memory_MemAvailable_bytes",
	MemFree: "node_memory_MemFree_bytes",
	Cached: "node_memory_Cached_bytes",
	Buffers: "node_memory_Buffers_bytes",
	SwapTotal: "node_memory_SwapTotal_bytes",
	SwapFree: "node_memory_SwapFree_bytes",
};

/** Memory in bytes from /proc/meminfo, whose unit is 1,024 bytes. */
export function parseMemory(meminfo: string): readonly HostReading[] {
	return meminfo.split("\n").flatMap((line) => {
		const [, field = "", kilobytes] = /^(\w+):\s+(\d+) kB$/.exec(line) ?? [];
		const name = FIELDS[field];
		return name ? [hostReading(name, Number(kilobytes) * 1024)] : [];
	});
}
