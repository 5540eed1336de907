/** A mounted filesystem whose space matters. */
export type Mount = { readonly device: string; readonly mountpoint: string; readonly fstype: string };

const REAL_WITHOUT_DEVICE: ReadonlySet<string> = new Set(["zfs", "btrfs", "bcachefs"]);
const NEVER: ReadonlySet<string> = new Set(["rootfs", "squashfs", "iso9660", "erofs", "swap", "devtmpfs"]);
/** Files that container runtimes mount one by one from the host's disk. */
const SINGLE_FILES = /^\/(?:etc\/(?:hosts|hostname|resolv\.conf)|dev\/)/;
const MAX_MOUNTS = 32;

/**
 * The real filesystems in /proc/self/mounts: those on a block device, and whatever the root is (a container's overlay
 * too). A device that is mounted in several places counts once, at its shortest path.
 */
export function parseMounts(mounts: string): readonly Mount[] {
	const byDevice = new Map<string, Mount>();
	for (const line of mounts.split("\n")) {
		const [device = "", mountpoint = "", fstype = ""] = line.split(" ").map(unescaped);
		if (!isReal(device, mountpoint, fstype)) continue;
		const other = byDevice.get(device);
		if (!other || mountpoint.length < other.mountpoint.length)
			byDevice.set(device, { device, mountpoint, fstype });
	}
	return [...byDevice.values()].slice(0, MAX_MOUNTS);
}

function isReal(device: string, mountpoint: string, fstype: string): boolean {
	if (NEVER.has(fstype) || fstype.startsWith("fuse.") || SINGLE_FILES.test(mountpoint)) return false;
	return mountpoint === "/" || device.startsWith("/dev/") || REAL_WITHOUT_DEVICE.has(fstype);
}

/** The kernel writes blanks in paths as octal escapes. */
function unescaped(text: string): string {
	return text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
		String.fromCharCode(Number.parseInt(octal, 8)),
	);
}
