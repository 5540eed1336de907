import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../domain/errors.ts";
import type { Logger } from "../../ports/logger.ts";
import { servesCluster } from "./find-running-server.ts";

const immediateShutdownMs = 10_000;

/**
 * Stops the server of a cluster: fast shutdown (SIGINT), after `fastShutdownMs` immediate shutdown (SIGQUIT, the next
 * start replays the log). Before each signal the process is checked to be that server. Idempotent.
 * Error: `unavailable` when it still runs 10 s later.
 */
export async function stopServer(
	pid: number,
	clusterDir: string,
	logger: Logger,
	fastShutdownMs = 10_000,
): Promise<void> {
	if (await signalAndWait(pid, clusterDir, "SIGINT", fastShutdownMs)) return;
	logger.warn(`The store did not stop within ${fastShutdownMs} ms; stopping it at once`, { pid });
	if (await signalAndWait(pid, clusterDir, "SIGQUIT", immediateShutdownMs)) return;
	throw new AppError("unavailable", `The store's server (process ${pid}) does not stop; stop it by hand.`);
}

async function signalAndWait(
	pid: number,
	clusterDir: string,
	signal: NodeJS.Signals,
	waitMs: number,
): Promise<boolean> {
	const deadline = performance.now() + waitMs;
	if (await servesCluster(pid, clusterDir)) process.kill(pid, signal);
	while (await servesCluster(pid, clusterDir)) {
		if (performance.now() > deadline) return false;
		await sleep(10);
	}
	return true;
}
