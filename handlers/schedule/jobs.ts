import { schedule } from "node-cron";
import type { DigestDefinition } from "../../src/domain/digest.ts";
import { toAppError } from "../../src/domain/errors.ts";
import type { Logger } from "../../src/ports/logger.ts";

/** Something done again and again, as long as the process runs. */
type RepeatedJob = { readonly name: string; readonly everySeconds: number; run(): Promise<unknown> };

export type ScheduleDeps = {
	readonly repeated: readonly RepeatedJob[];
	readonly digests: readonly DigestDefinition[];
	/** Sends a digest for one instant, once over all replicas. */
	sendDigest(digest: DigestDefinition, instantMs: number): Promise<unknown>;
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
	const tasks = deps.digests.map((digest) =>
		schedule(
			digest.cron,
			// The scheduled instant, not the time it is now: clocks of replicas differ.
			({ date }) => {
				track(guard(`digest ${digest.name}`, () => deps.sendDigest(digest, date.getTime()))());
			},
			{ timezone: digest.timeZone, name: digest.name, logger: cronLogger(deps.logger, digest.name) },
		),
	);
	return {
		stop: async () => {
			for (const timer of timers) clearInterval(timer);
			for (const task of tasks) await task.stop();
			await Promise.all(running);
		},
	};
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
