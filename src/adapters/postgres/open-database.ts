import { Kysely, PostgresDialect } from "kysely";
import type pg from "pg";
import { guardPool } from "./guard-pool.ts";
import { storeSchema } from "./names.ts";
import { withOneConnection } from "./one-connection.ts";
import type { Tables } from "./tables.ts";

/** A connection to the tables: the pool's, or a transaction's. */
export type Database = Kysely<Tables>;

/** The typed tables over a pool. Its errors are AppErrors (see toStoreError); the pool stays the caller's to end. */
export function openDatabase(pool: pg.Pool, unreachable?: string): Database {
	return new Kysely<Tables>({
		dialect: new PostgresDialect({ pool: guardPool(pool, unreachable) }),
	}).withSchema(storeSchema);
}

/** Runs `work` in the transaction that `db` is, or in one of its own. */
export function withinTransaction<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
	if (db.isTransaction) return work(db);
	return db.transaction().execute((transaction) => withOneConnection(() => work(transaction)));
}
