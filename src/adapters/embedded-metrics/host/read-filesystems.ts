import { statfs } from "node:fs/promises";
import { type HostReading, hostReading } from "./host-reading.ts";
import type { Mount } from "./parse-mounts.ts";

const TIMEOUT_MS = 1_000;

/** Sizes of filesystems in bytes; one that does not answer within a second is left out. */
export async function readFilesystems(mounts: readonly Mount[]): Promise<readonly HostReading[]> {
	const all = await Promise.all(mounts.map(readFilesystem));
	return all.flat();
}

async function readFilesystem({ device, mountpoint, fstype }: Mount): Promise<readonly HostReading[]> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<undefined>((resolve) => {
		timer = setTimeout(() => resolve(undefined), TIMEOUT_MS);
	});
	const space = await Promise.race([statfs(mountpoint).catch(() => undefined), late]);
	clearTimeout(timer);
	if (!space || space.blocks === 0) return [];
	const labels = { device, fstype, mountpoint };
	return [
		hostReading("node_filesystem_size_bytes", space.blocks * space.bsize, labels),
		hostReading("node_filesystem_free_bytes", space.bfree * space.bsize, labels),
		hostReading("node_filesystem_avail_bytes", space.bavail * space.bsize, labels),
	];
}
