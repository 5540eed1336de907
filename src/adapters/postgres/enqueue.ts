import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { fromKysely, type PgBoss } from "pg-boss";
import { AppError } from "../../domain/errors.ts";
import type { JobName, JobPayloads } from "../../ports/job-queue.ts";
import { jobChannel, jobsSchema } from "./names.ts";
import type { Database } from "./open-database.ts";

/** `singleton`: folds into a job with the same key that is still waiting. */
export type EnqueueOptions = { readonly afterSeconds?: number; readonly singleton?: string };

const attempts = 5;

/**
 * Queues a job on `db`: inside a transaction it exists only if that commits. A waiting job with the same `singleton`
 * is kept instead, at the earlier of both times, and locked until the transaction ends: a worker that took it
 * before would not see what the transaction changed.
 */
export async function enqueue<N extends JobName>(
	boss: PgBoss,
	db: Database,
	name: N,
	payload: JobPayloads[N],
	{ afterSeconds = 0, singleton }: EnqueueOptions = {},
): Promise<void> {
	const singletonKey = singleton ?? randomUUID();
	for (let attempt = 0; attempt < attempts; attempt += 1) {
		const made = await boss.send(name, payload, {
			db: fromKysely(db),
			singletonKey,
			startAfter: afterSeconds,
		});
		if (made === null && !(await holdWaiting(db, name, singletonKey, afterSeconds))) continue;
		// Heard once the transaction has committed, by every process that works this queue.
		if (afterSeconds === 0) await sql`select pg_notify(${jobChannel}, ${name})`.execute(db);
		return;
	}
	throw new AppError("unavailable", "The job could not be queued; try again in a moment.", {
		detail: `queue ${name}, key ${singletonKey}`,
		retryAfterSeconds: 1,
	});
}

/** False where the waiting job was taken by a worker meanwhile. */
async function holdWaiting(db: Database, name: JobName, key: string, afterSeconds: number): Promise<boolean> {
	const { rows } = await sql`
		update ${sql.table(`${jobsSchema}.job`)}
		set start_after = least(start_after, now() + make_interval(secs => ${afterSeconds}))
		where name = ${name} and singleton_key = ${key} and state = 'created'
		returning id`.execute(db);
	return rows.length > 0;
}
