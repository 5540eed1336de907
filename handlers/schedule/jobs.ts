import { schedule } from "node-cron";
import type { DigestDefinition } from "../../src/domain/digest.ts";
import { toAppError } from "../../src/domain/errors.ts";
import type { Logger } from "../../src/ports/logger.ts";
import { isDue, newestDue } from "../../src/use-cases/due-instants.ts";

const CATCH_UP_EVERY_MS = 60_000;

/** Something done again and again, as long as the process runs. */
type RepeatedJob = { readonly name: string; readonly everySeconds: number; run(): Promise<unknown> };

export type ScheduleDeps = {
	readonly repeated: readonly RepeatedJob[];
	readonly digests: readonly DigestDefinition[];
	/** Sends a digest for one instant, once over all replicas. */
	sendDigest(digest: DigestDefinition, instantMs: number): Promise<unknown>;
	/** Sends what was due while nobody was there to send it; called at start and each minute. */
	catchUpDigest(
		digest: DigestDefinition,
		newestDue: (afterMs: number, untilMs: number) => number | undefined,
	): Promise<unknown>;
	readonly logger: Logger;
};

/** Starts every scheduled job. node-cron fires on each replica; the key (name, instant) lets one of them win. */
export function startJobs(deps: ScheduleDeps): { stop(): Promise<void> } {
	const guard = (name: string, run: () => Promise<unknown>) => async () => {
		try {
			await run();
		} catch (error) {
			deps.logger.error("a scheduled job failed", { job: name, error: toAppError(error) });
		}
	};
	const running = new Set<Promise<unknown>>();
	const track = (work: Promise<unknown>) => {
		running.add(work);
		void work.finally(() => running.delete(work));
	};
	const timers = deps.repeated.map((job) => {
		const run = guard(job.name, () => job.run());
		let busy = false;
		return setInterval(() => {
			if (busy) return;
			busy = true;
			track(run().finally(() => (busy = false)));
		}, job.everySeconds * 1000);
	});
	const digests = deps.digests.map((digest) => startDigest(deps, digest, track, guard));
	return {
		stop: async () => {
			for (const timer of timers) clearInterval(timer);
			for (const digest of digests) await digest.stop();
			await Promise.all(running);
		},
	};
}

/**
 * node-cron is the fast path, the look each minute the safety net, and the due instants are the judge of both: node-cron
 * may fire twice or not at all on days on which clocks change.
 */
function startDigest(
	deps: ScheduleDeps,
	digest: DigestDefinition,
	track: (work: Promise<unknown>) => void,
	guard: (name: string, run: () => Promise<unknown>) => () => Promise<void>,
): { stop(): Promise<void> } {
	const name = `digest ${digest.name}`;
	const judged = isReadable(deps, digest);
	const task = schedule(
		digest.cron,
		// The scheduled instant, not the time it is now: clocks of replicas differ.
		({ date }) => {
			const instantMs = date.getTime();
			if (judged && !isDue(digest, instantMs)) return;
			track(guard(name, () => deps.sendDigest(digest, instantMs))());
		},
		{ timezone: digest.timeZone, name: digest.name, logger: cronLogger(deps.logger, digest.name) },
	);
	if (!judged)
		return {
			stop: async () => {
				await task.stop();
			},
		};
	const look = guard(name, () =>
		deps.catchUpDigest(digest, (afterMs, untilMs) => newestDue(digest, afterMs, untilMs)),
	);
	track(look());
	const timer = setInterval(() => track(look()), CATCH_UP_EVERY_MS);
	return {
		stop: async () => {
			clearInterval(timer);
			await task.stop();
		},
	};
}

/** Whether the due instants of a digest can be computed; if not, it is sent when node-cron says so, and never late. */
function isReadable({ logger }: ScheduleDeps, digest: DigestDefinition): boolean {
	try {
		isDue(digest, 0);
		return true;
	} catch (error) {
		logger.warn("what a digest misses while the product is down can't be caught up", {
			digest: digest.name,
			cron: digest.cron,
			error,
		});
		return false;
	}
}

/** What node-cron itself has to say, such as a missed instant. Its own logger would write to the terminal. */
function cronLogger(logger: Logger, job: string) {
	const text = (message: string | Error) => (message instanceof Error ? message.message : message);
	return {
		debug: (message: string | Error) => logger.debug(text(message), { job }),
		info: (message: string) => logger.info(message, { job }),
		warn: (message: string) => logger.warn(message, { job }),
		error: (message: string | Error, error?: Error) => logger.error(text(message), { job, error }),
	};
}
