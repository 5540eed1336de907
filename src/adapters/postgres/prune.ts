import { type RawBuilder, sql } from "kysely";
import { storeSchema } from "./names.ts";
import type { Database } from "./open-database.ts";
import { toTime } from "./times.ts";

/** How many rows were deleted, by what they were. */
export type Pruned = {
	readonly messages: number;
	readonly anomalies: number;
	readonly scheduledRuns: number;
	readonly expiredSignIns: number;
	readonly expiredLinkCodes: number;
	readonly inboxEntries: number;
	readonly deliveries: number;
	readonly sharedCharts: number;
	readonly alerts: number;
	readonly keptReplies: number;
	/** Watches whose saved state is gone. */
	readonly watchStates: number;
	/** Watches of which nobody shared anything since. */
	readonly sharedReadings: number;
};

/**
 * Deletes what is older than `beforeMs` and no longer needed: messages of the console, closed anomalies, resolved
 * alerts, claims of scheduled runs but the newest of each name, finished inbox entries, settled deliveries,
 * shared charts and kept replies, the saved state of watches that nobody claimed since and what was shared of them; and
 * codes and credentials that have expired. Incidents, requests and the audit stay.
 */
export async function prune(db: Database, { beforeMs }: { readonly beforeMs: number }): Promise<Pruned> {
	const before = toTime(beforeMs);
	const expired = sql<boolean>`expires_at <= clock_timestamp()`;
	const older = (
		table: "messages" | "anomalies" | "alerts" | "inbox" | "deliveries" | "shared_charts" | "kept_replies",
		since: string,
	) => sql`delete from ${sql.table(`${storeSchema}.${table}`)} where ${sql.ref(since)} < ${before}`;
	const deleted = async (query: RawBuilder<unknown>) =>
		Number((await query.execute(db)).numAffectedRows ?? 0n);
	const runs = await db
		.deleteFrom("scheduled_runs as run")
		.where("instant", "<", before)
		.where((where) =>
			where.exists(
				where
					.selectFrom("scheduled_runs as newer")
					.select("newer.name")
					.whereRef("newer.name", "=", "run.name")
					.whereRef("newer.instant", ">", "run.instant"),
			),
		)
		.executeTakeFirst();
	const codes = await db.deleteFrom("sign_in_codes").where(expired).executeTakeFirst();
	const credentials = await db.deleteFrom("credentials").where(expired).executeTakeFirst();
	const links = await db.deleteFrom("link_codes").where(expired).executeTakeFirst();
	return {
		messages: await deleted(older("messages", "updated_at")),
		anomalies: await deleted(older("anomalies", "closed_at")),
		scheduledRuns: Number(runs.numDeletedRows),
		expiredSignIns: Number(codes.numDeletedRows + credentials.numDeletedRows),
		expiredLinkCodes: Number(links.numDeletedRows),
		inboxEntries: await deleted(older("inbox", "finished_at")),
		deliveries: await deleted(older("deliveries", "settled_at")),
		sharedCharts: await deleted(older("shared_charts", "created_at")),
		alerts: await deleted(older("alerts", "resolved_at")),
		keptReplies: await deleted(older("kept_replies", "claimed_at")),
		watchStates: await pruneWatchStates(db, before),
		sharedReadings: await deleted(
			sql`
				delete from ${sql.table(`${storeSchema}.watch_snapshots`)}
				where watch like 'board:%' and fencing_token < ${beforeMs}`,
		),
	};
}

/** Owner and chunks of a watch in one statement; a claim meanwhile waits for it, or keeps both by its new time. */
async function pruneWatchStates(db: Database, before: Date): Promise<number> {
	const { rows } = await sql<{ watches: number }>`
		with gone as (
			delete from ${sql.table(`${storeSchema}.watch_owners`)} where claimed_at < ${before} returning watch
		), chunks as (
			delete from ${sql.table(`${storeSchema}.watch_chunks`)} as chunk using gone where chunk.watch = gone.watch
		)
		select count(*)::integer as watches from gone`.execute(db);
	return rows[0]?.watches ?? 0;
}
