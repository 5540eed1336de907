import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../../ports/logger.ts";
import type { EmbeddedPostgres } from "./start-embedded-postgres.ts";

const lookEveryMs = 500;
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** A server that ended sooner than this after its start is started again after a longer pause. */
const steadyAfterMs = 60_000;

/**
 * Watches a started store and starts its server again on the same socket when it ends without having been stopped,
 * for as long as it takes, with pauses that double from 0.5 s to 30 s. Nobody has to be told the address anew.
 * Each end, failed start and return is one line in the log. The answer's `stop` ends the watch, then the server.
 */
export function keepServing(server: EmbeddedPostgres, logger: Logger): Pick<EmbeddedPostgres, "stop"> {
	const stopping = new AbortController();
	const watching = watch(server, logger, stopping.signal);
	let stopped: Promise<void> | undefined;
	const stop = async () => {
		stopping.abort();
		await watching;
		await server.stop();
	};
	return { stop: () => (stopped ??= stop()) };
}

async function watch(server: EmbeddedPostgres, logger: Logger, stopping: AbortSignal): Promise<void> {
	const wait = (ms: number) => sleep(ms, undefined, { ref: false, signal: stopping }).catch(() => undefined);
	let servingSinceMs = performance.now();
	let pauseMs = firstPauseMs;
	for (;;) {
		await wait(lookEveryMs);
		if (stopping.aborted) return;
		if (await server.serves()) continue;
		if (performance.now() - servingSinceMs > steadyAfterMs) pauseMs = firstPauseMs;
		logger.error("The product's own store ended and is started again", { pid: server.pid, pauseMs });
		do {
			await wait(pauseMs);
			if (stopping.aborted) return;
			pauseMs = Math.min(2 * pauseMs, longestPauseMs);
		} while (!(await startAgain(server, logger)));
		servingSinceMs = performance.now();
	}
}

async function startAgain(server: EmbeddedPostgres, logger: Logger): Promise<boolean> {
	try {
		await server.startAgain();
		logger.info("The product's own store is back", { pid: server.pid });
		return true;
	} catch (error) {
		logger.error("The product's own store could not be started again; it is tried further", { error });
		return false;
	}
}
