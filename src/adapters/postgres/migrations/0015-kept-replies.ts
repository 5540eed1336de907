import { type Kysely, sql } from "kysely";

/** What requests with an Idempotency-Key came to, so that a repetition is told the same, also after a restart. */
export async function createReplyTable(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table smartcloudops.kept_replies (
			key text primary key,
			fingerprint text not null,
			outcome text,
			claimed_at timestamptz(3) not null,
			held_until timestamptz(3) not null
		)`.execute(db);
	await sql`create index kept_replies_claimed_at on smartcloudops.kept_replies (claimed_at)`.execute(db);
}
