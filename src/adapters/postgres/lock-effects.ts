import { sql } from "kysely";
import { AppError } from "../../domain/errors.ts";
import type { Database } from "./open-database.ts";

/**
 * Holds the one lock of all effects until the transaction ends, over all replicas. What is read before it in the same
 * transaction may be old; what is read after it is not. AppError `internal` outside of a transaction, where it would hold nothing.
 */
export async function lockEffects(db: Database): Promise<void> {
	if (!db.isTransaction) throw new AppError("internal", "Effects can be locked only within a transaction.");
	await sql`select pg_advisory_xact_lock(hashtext('smartcloudops.effects'))`.execute(db);
}
