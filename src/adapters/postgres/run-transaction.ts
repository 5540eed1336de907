import { setTimeout as delay } from "node:timers/promises";
import { withOneConnection } from "./one-connection.ts";
import type { Database } from "./open-database.ts";
import { isRetryable } from "./to-store-error.ts";

const attempts = 6;

/**
 * Runs `work` in one transaction. Serialization failures and deadlocks are tried again with growing pauses (about a
 * second in all), so `work` may run several times. Any error rolls back and is thrown as `work` threw it.
 */
export async function runTransaction<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await tryOnce(db, work);
		} catch (error) {
			if (attempt === attempts || !isRetryable(error)) throw error;
			await delay(20 * 2 ** attempt);
		}
	}
}

async function tryOnce<T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> {
	let thrown: { readonly error: unknown } | undefined;
	try {
		return await db.transaction().execute(async (transaction) => {
			try {
				return await withOneConnection(() => work(transaction));
			} catch (error) {
				thrown = { error };
				throw error;
			}
		});
	} catch (error) {
		// A rollback over a broken connection fails too; why it was needed says more.
		throw thrown ? thrown.error : error;
	}
}
