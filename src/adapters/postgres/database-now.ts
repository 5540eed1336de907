import { sql } from "kysely";
import type { Database } from "./open-database.ts";

/** The database's clock now, not at the transaction's start, in whole Unix milliseconds. */
export async function databaseNow(db: Database): Promise<number> {
	const { rows } = await sql<{ ms: number }>`
		select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as ms`.execute(db);
	return rows[0]?.ms ?? Number.NaN;
}
