import { type Kysely, sql } from "kysely";

/**
 * Detector state in chunks of some series each. What the former detectors saved in one piece is deleted: it can't be
 * read any more, and watches learn from the metrics' history instead.
 */
export async function createWatchChunkTables(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table smartcloudops.watch_owners (
			watch text primary key,
			fencing_token bigint not null
		)`.execute(db);
	await sql`
		create table smartcloudops.watch_chunks (
			watch text not null,
			chunk integer not null,
			bytes bytea not null,
			primary key (watch, chunk)
		)`.execute(db);
	// Numbers of sensors hardly shrink: compressing them would cost more than it saves.
	await sql`alter table smartcloudops.watch_chunks alter column bytes set storage external`.execute(db);
	await sql`
		delete from smartcloudops.watch_snapshots as old
		using smartcloudops.leases as lease
		where lease.name = 'watch:' || old.watch`.execute(db);
}
