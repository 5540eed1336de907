import { type Kysely, sql } from "kysely";

/** When a watch was last claimed, so that what is saved of one that was removed can be deleted some day. */
export async function addWatchClaimTimes(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table smartcloudops.watch_owners
			add column claimed_at timestamptz not null default clock_timestamp()`.execute(db);
}
