import { type RawBuilder, sql } from "kysely";
import { AppError } from "../../domain/errors.ts";
import type { WatchStore } from "../../ports/store.ts";
import { storeSchema } from "./names.ts";
import type { Database } from "./open-database.ts";

const OWNERS = sql.table(`${storeSchema}.watch_owners`);
const CHUNKS = sql.table(`${storeSchema}.watch_chunks`);

/** Detector snapshots in Postgres. A writer whose lease another took over has the older token and is refused. */
export function createWatchStore(db: Database): WatchStore {
	/** Claims and changes in one statement: the owner's row is locked until both are committed. */
	const asOwner = async (watch: string, fencingToken: number, change: RawBuilder<unknown>) => {
		const { rows } = await sql<{ fencing_token: number }>`
			with owner as (
				insert into ${OWNERS} as known (watch, fencing_token) values (${watch}, ${fencingToken})
				on conflict (watch) do update
				set fencing_token = excluded.fencing_token, claimed_at = clock_timestamp()
				where known.fencing_token <= excluded.fencing_token
				returning watch, fencing_token
			), change as (${change})
			select fencing_token from owner`.execute(db);
		if (rows.length === 0) throw taken(watch);
	};
	return {
		claim: (watch, fencingToken) => asOwner(watch, fencingToken, sql`select 1`),
		chunkNumbers: async (watch) => {
			const rows = await db
				.selectFrom("watch_chunks")
				.select("chunk")
				.where("watch", "=", watch)
				.orderBy("chunk")
				.execute();
			return rows.map(({ chunk }) => chunk);
		},
		loadChunk: async (watch, chunk) => {
			const row = await db
				.selectFrom("watch_chunks")
				.select("bytes")
				.where("watch", "=", watch)
				.where("chunk", "=", chunk)
				.executeTakeFirst();
			return row?.bytes;
		},
		saveChunk: (watch, chunk, bytes, fencingToken) =>
			asOwner(
				watch,
				fencingToken,
				sql`
					insert into ${CHUNKS} (watch, chunk, bytes)
					select owner.watch, ${chunk}::integer, ${bytes}::bytea from owner
					on conflict (watch, chunk) do update set bytes = excluded.bytes`,
			),
		dropChunks: (watch, fromChunk, fencingToken) =>
			asOwner(
				watch,
				fencingToken,
				sql`
					delete from ${CHUNKS} as old using owner
					where old.watch = owner.watch and old.chunk >= ${fromChunk}::integer`,
			),
		loadSnapshot: async (watch) => {
			const row = await db
				.selectFrom("watch_snapshots")
				.select("snapshot")
				.where("watch", "=", watch)
				.executeTakeFirst();
			return row?.snapshot;
		},
		saveSnapshot: async (watch, snapshot, fencingToken) => {
			const { numInsertedOrUpdatedRows } = await db
				.insertInto("watch_snapshots")
				.values({ watch, snapshot, fencing_token: fencingToken })
				.onConflict((conflict) =>
					conflict
						.column("watch")
						.doUpdateSet({ snapshot, fencing_token: fencingToken })
						.where("watch_snapshots.fencing_token", "<=", fencingToken),
				)
				.executeTakeFirst();
			if (numInsertedOrUpdatedRows === 0n) throw taken(watch);
		},
	};
}

function taken(watch: string): AppError {
	return new AppError("conflict", `Another replica scores ${watch} now; this one must stop.`);
}
