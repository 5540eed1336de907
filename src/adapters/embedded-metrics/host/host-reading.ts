import type { Labels } from "../../../domain/time-series.ts";

/** One value of this host, named as node_exporter or process-exporter names it. */
export type HostReading = { readonly name: HostMetric; readonly labels: Labels; readonly value: number };

/** Every metric of the host with its type and help text. */
export const HOST_METRICS = {
	node_cpu_seconds_total: ["counter", "Seconds the CPUs spent in each mode."],
	node_memory_MemTotal_bytes: ["gauge", "Memory of the host."],
	node_memory_MemAvailable_bytes: ["gauge", "Memory that new processes can have without swapping."],
	node_memory_MemFree_bytes: ["gauge", "Memory that is not used at all."],
	node_memory_Cached_bytes: ["gauge", "Memory that holds file contents."],
	node_memory_Buffers_bytes: ["gauge", "Memory that holds block device buffers."],
	node_memory_SwapTotal_bytes: ["gauge", "Swap space of the host."],
	node_memory_SwapFree_bytes: ["gauge", "Swap space that is not used."],
	node_filesystem_size_bytes: ["gauge", "Size of the filesystem."],
	node_filesystem_free_bytes: ["gauge", "Free space of the filesystem, with what is reserved for root."],
	node_filesystem_avail_bytes: ["gauge", "Free space of the filesystem for ordinary users."],
	node_disk_read_bytes_total: ["counter", "Bytes read from the disk."],
	node_disk_written_bytes_total: ["counter", "Bytes written to the disk."],
	node_disk_io_time_seconds_total: ["counter", "Seconds in which the disk had work to do."],
	node_network_receive_bytes_total: ["counter", "Bytes the network interface received."],
	node_network_transmit_bytes_total: ["counter", "Bytes the network interface sent."],
	node_load1: ["gauge", "Load average of the last minute."],
	node_load5: ["gauge", "Load average of the last 5 minutes."],
	node_load15: ["gauge", "Load average of the last 15 minutes."],
	node_boot_time_seconds: ["gauge", "When the host started, in Unix seconds."],
	node_time_seconds: ["gauge", "The clock of the host, in Unix seconds."],
	node_uname_info: ["gauge", "The operating system, in labels; the value is 1."],
	namedprocess_namegroup_cpu_seconds_total: ["counter", "CPU seconds of the processes of one name."],
	namedprocess_namegroup_memory_bytes: ["gauge", "Memory of the processes of one name."],
	namedprocess_namegroup_num_procs: ["gauge", "Number of processes of one name."],
} as const satisfies Readonly<Record<string, readonly ["counter" | "gauge", string]>>;

export type HostMetric = keyof typeof HOST_METRICS;

/** A reading with its labels, none by default. */
export function hostReading(name: HostMetric, value: number, labels: Labels = {}): HostReading {
	return { name, labels, value };
}
