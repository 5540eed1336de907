import { readdir, readFile, readlink } from "node:fs/promises";
import { basename, join } from "node:path";

/** What the first lines of postmaster.pid say about a server. */
export type PostmasterFile = {
	readonly pid: number;
	readonly socketDir: string;
	readonly ready: boolean;
};

/** Reads the text of postmaster.pid (pid, folder, start, port, socket folder, address, memory key, state). */
export function parsePostmasterFile(text: string): PostmasterFile | undefined {
	const lines = text.split("\n");
	const pid = Number(lines[0]);
	if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
	return { pid, socketDir: lines[4]?.trim() ?? "", ready: lines[7]?.trim() === "ready" };
}

/** postmaster.pid of a cluster as it is now, or undefined. It says nothing on whether that process lives. */
async function readPostmasterFile(clusterDir: string): Promise<PostmasterFile | undefined> {
	const content = await readFile(join(clusterDir, "postmaster.pid"), "utf8").catch(() => "");
	return parsePostmasterFile(content);
}

/**
 * The server that serves exactly this cluster, by what the kernel says of its process, so that neither a stale
 * file nor a reused pid can name a foreign one.
 */
export async function findRunningServer(clusterDir: string): Promise<PostmasterFile | undefined> {
	const file = await readPostmasterFile(clusterDir);
	return file && (await servesCluster(file.pid, clusterDir)) ? file : undefined;
}

/** True when the process is a Postgres whose working folder is this cluster. A zombie is not. */
export async function servesCluster(pid: number, clusterDir: string): Promise<boolean> {
	try {
		const [program, folder] = await Promise.all([readlink(`/proc/${pid}/exe`), readlink(`/proc/${pid}/cwd`)]);
		return basename(program).startsWith("postgres") && folder === clusterDir;
	} catch {
		return false;
	}
}

/** Every Postgres process on this cluster: a server, or what a killed one left behind for a moment. */
export async function listClusterProcesses(clusterDir: string): Promise<number[]> {
	const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
	const serving = await Promise.all(pids.map((pid) => servesCluster(pid, clusterDir)));
	return pids.filter((_, index) => serving[index]);
}
