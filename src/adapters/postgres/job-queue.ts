import { setTimeout as delay } from "node:timers/promises";
import type { PgBoss } from "pg-boss";
import { toAppError } from "../../domain/errors.ts";
import type { JobName, JobPayloads, JobQueue } from "../../ports/job-queue.ts";
import type { Logger } from "../../ports/logger.ts";
import { heartbeatRefreshSeconds, pollSeconds, queueConcurrency, queueNames } from "./queue-settings.ts";

/** The job queue over pg-boss. `stop` is final. */
export function createJobQueue(boss: PgBoss, logger: Logger): JobQueue {
	const workers = new Map<JobName, string[]>();
	let stopping: Promise<void> | undefined;
	return {
		work: async (name, handler) => {
			// One worker a call: pg-boss names only the first of several, and each must be nudged by its name.
			for (let count = 0; count < queueConcurrency[name]; count += 1) {
				let self: string | undefined;
				const worker = await boss.work<PayloadOf<typeof name>, void, typeof workOptions>(
					name,
					workOptions,
					async (batch) => {
						// There may be more: a backlog is not worked off at one job a poll.
						if (self !== undefined) boss.notifyWorker(self);
						for (const job of batch) await runJob(job, name, handler, logger);
					},
				);
				self = worker;
				workers.set(name, [...(workers.get(name) ?? []), worker]);
			}
		},
		nudge: (name) => {
			for (const worker of workers.get(name) ?? []) boss.notifyWorker(worker);
		},
		stop: (graceSeconds) => (stopping ??= stopBoss(boss, graceSeconds)),
	};
}

type PayloadOf<N extends JobName> = JobPayloads[N];
type Attempt<N extends JobName> = {
	readonly id: string;
	readonly data: PayloadOf<N>;
	readonly retryCount: number;
	readonly retryLimit: number;
};

const workOptions = {
	pollingIntervalSeconds: pollSeconds,
	heartbeatRefreshSeconds,
	includeMetadata: true,
	batchSize: 1,
} as const;

/** Runs the handler; its failure is logged in full and thrown with its public sentence only, which is stored. */
async function runJob<N extends JobName>(
	job: Attempt<N>,
	name: N,
	handler: (payload: PayloadOf<N>) => Promise<void>,
	logger: Logger,
): Promise<void> {
	const failure = await Promise.resolve(job.data)
		.then(handler)
		.then(
			() => undefined,
			(error: unknown) => ({ error }),
		);
	if (!failure) return;
	const { id, retryCount, retryLimit, data: payload } = job;
	const fields = { job: name, id, attempt: retryCount + 1, payload, error: failure.error };
	if (retryCount >= retryLimit) logger.error("A job failed for good; it is kept with its reason", fields);
	else logger.warn("A job failed and will be tried again", fields);
	throw new Error(toAppError(failure.error).message);
}

/** Lets running handlers finish, then gives what still runs back to the queue. */
async function stopBoss(boss: PgBoss, graceSeconds: number): Promise<void> {
	const finished = Promise.all(queueNames.map((name) => boss.offWork(name, { wait: true })));
	const grace = new AbortController();
	await Promise.race([finished, delay(graceSeconds * 1000, undefined, { signal: grace.signal })]);
	grace.abort();
	await boss.stop({ graceful: false });
}
