import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../../ports/logger.ts";
import {
	findRunningServer,
	listClusterProcesses,
	parsePostmasterFile,
	servesCluster,
} from "./find-running-server.ts";
import { removeSocketFolder } from "./make-socket-folder.ts";

const goodbyeMs = 3_000;
const quitMs = 10_000;

/**
 * Makes a cluster startable unless a server serves it: waits for (then ends) processes that a killed server left, and
 * removes a postmaster.pid whose pid now belongs to a foreign program, which Postgres would take for a server.
 * A file with a dead pid stays: Postgres handles it, and checks shared memory through it.
 */
export async function clearLeftovers(clusterDir: string, logger: Logger): Promise<void> {
	if (!(await waitUntilNone(clusterDir, goodbyeMs))) {
		if ((await findRunningServer(clusterDir)) !== undefined) return;
		for (const pid of await listClusterProcesses(clusterDir)) {
			logger.warn("Ending a process that a killed store left behind", { pid });
			if (await servesCluster(pid, clusterDir)) process.kill(pid, "SIGQUIT");
		}
		await waitUntilNone(clusterDir, quitMs);
	}
	const path = join(clusterDir, "postmaster.pid");
	const content = await readFile(path, "utf8").catch(() => "");
	const file = parsePostmasterFile(content);
	// Another starter may have launched a server since the look above; its file is not stale.
	if (file === undefined || (await servesCluster(file.pid, clusterDir))) return;
	await removeSocketFolder(file.socketDir);
	if (!isAlive(file.pid) || (await readFile(path, "utf8").catch(() => "")) !== content) return;
	logger.warn("Removing a stale postmaster.pid: its process id belongs to another program", {
		pid: file.pid,
	});
	await rm(path, { force: true });
}

async function waitUntilNone(clusterDir: string, waitMs: number): Promise<boolean> {
	const deadline = performance.now() + waitMs;
	while ((await listClusterProcesses(clusterDir)).length > 0) {
		if (performance.now() > deadline || (await findRunningServer(clusterDir)) !== undefined) return false;
		await sleep(20);
	}
	return true;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}
