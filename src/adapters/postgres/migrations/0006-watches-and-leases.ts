import { type Kysely, sql } from "kysely";

/** Detector snapshots, and what keeps replicas from doing the same work twice. */
export async function createWatchTables(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table smartcloudops.watch_snapshots (
			watch text primary key,
			snapshot bytea not null,
			fencing_token bigint not null
		)`.execute(db);
	await sql`
		create table smartcloudops.leases (
			name text primary key,
			owner text,
			fencing_token bigint not null,
			expires_at timestamptz(3) not null
		)`.execute(db);
	await sql`
		create table smartcloudops.scheduled_runs (
			name text not null,
			instant timestamptz(3) not null,
			primary key (name, instant)
		)`.execute(db);
}
