import { sql } from "kysely";
import type { Database } from "./open-database.ts";
import { toTime } from "./times.ts";

/** How many rows were deleted, by what they were. */
export type Pruned = {
	readonly messages: number;
	readonly anomalies: number;
	readonly scheduledRuns: number;
	readonly expiredSignIns: number;
};

/**
 * Deletes what is older than `beforeMs` and no longer needed: messages of the console, closed anomalies, claims of
 * scheduled runs; and sign-in codes and credentials that have expired. Incidents, requests and the audit stay.
 */
export async function prune(db: Database, { beforeMs }: { readonly beforeMs: number }): Promise<Pruned> {
	const before = toTime(beforeMs);
	const expired = sql<boolean>`expires_at <= clock_timestamp()`;
	const messages = await db.deleteFrom("messages").where("updated_at", "<", before).executeTakeFirst();
	const anomalies = await db.deleteFrom("anomalies").where("closed_at", "<", before).executeTakeFirst();
	const runs = await db.deleteFrom("scheduled_runs").where("instant", "<", before).executeTakeFirst();
	const codes = await db.deleteFrom("sign_in_codes").where(expired).executeTakeFirst();
	const credentials = await db.deleteFrom("credentials").where(expired).executeTakeFirst();
	return {
		messages: Number(messages.numDeletedRows),
		anomalies: Number(anomalies.numDeletedRows),
		scheduledRuns: Number(runs.numDeletedRows),
		expiredSignIns: Number(codes.numDeletedRows + credentials.numDeletedRows),
	};
}
