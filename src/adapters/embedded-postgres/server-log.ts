import { open, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RunAs } from "./can-enter.ts";

const longestBytes = 5_000_000;
const tailBytes = 4_000;

/**
 * Opens `<dataDir>/postgres.log` for appending, owned by the server's user so that each later start may write it;
 * one above 5 MB first becomes `postgres.log.1`.
 */
export async function openServerLog(dataDir: string, runAs: RunAs | undefined) {
	const path = join(dataDir, "postgres.log");
	const size = await stat(path).then(
		(found) => found.size,
		() => 0,
	);
	if (size > longestBytes) await rename(path, `${path}.1`);
	const handle = await open(path, "a", 0o600);
	if (runAs) await handle.chown(runAs.uid, runAs.gid);
	const { size: start } = await handle.stat();
	return { fd: handle.fd, close: () => handle.close(), readNew: () => readFrom(path, start) };
}

/** What the server wrote since `start`, its last 4,000 bytes. */
async function readFrom(path: string, start: number): Promise<string> {
	const handle = await open(path, "r");
	try {
		const { size } = await handle.stat();
		const from = Math.max(start, size - tailBytes);
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(tailBytes), 0, tailBytes, from);
		return buffer.subarray(0, bytesRead).toString("utf8");
	} finally {
		await handle.close();
	}
}
