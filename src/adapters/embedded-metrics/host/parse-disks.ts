import { type HostReading, hostReading } from "./host-reading.ts";

/** Partitions and devices that are no disks, as node_exporter leaves them out. */
const IGNORED = /^(?:z?ram|loop|fd|(?:h|s|v|xv)d[a-z]|nvme\d+n\d+p|sr)\d+$/;
const SECTOR_BYTES = 512;
const MAX_DISKS = 64;

/** Traffic and busy time of whole disks from /proc/diskstats. */
export function parseDisks(diskstats: string): readonly HostReading[] {
	const lines = diskstats.split("\n").map((line) => line.trim().split(/\s+/));
	const disks = lines.filter((fields) => fields.length >= 14 && !IGNORED.test(fields[2] ?? "sr0"));
	return disks.slice(0, MAX_DISKS).flatMap((fields) => {
		const labels = { device: fields[2] ?? "" };
		return [
			hostReading("node_disk_read_bytes_total", Number(fields[5]) * SECTOR_BYTES, labels),
			hostReading("node_disk_written_bytes_total", Number(fields[9]) * SECTOR_BYTES, labels),
			hostReading("node_disk_io_time_seconds_total", Number(fields[12]) / 1000, labels),
		];
	});
}
