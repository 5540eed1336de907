import { sql } from "kysely";
import { storeSchema } from "./names.ts";
import type { Database } from "./open-database.ts";

/** An inbox entry whose work is over. `problem` null: done. */
export type FinishedEntry = { readonly number: number; readonly problem: string | null };

const mostAtOnce = 500;

/**
 * A function that finishes inbox entries and resolves once that is committed. Calls that come while an earlier one is
 * being committed share the next commit: with one commit each, finishing would cost more than taking in. A commit
 * that fails fails all that shared it. For the pool's connection only: a transaction's work must not be shared.
 */
export function createEntryFinisher(db: Database): (entry: FinishedEntry) => Promise<void> {
	let waiting: FinishedEntry[] = [];
	let next: Promise<void> | undefined;
	let current: Promise<void> = Promise.resolve();

	const flush = async () => {
		await current.catch(() => undefined);
		const entries = waiting;
		waiting = [];
		next = undefined;
		current = finishAll(db, entries);
		await current;
	};
	return (entry) => {
		waiting.push(entry);
		next ??= flush();
		return next;
	};
}

/** Finishes those that are not finished yet; of several words on the same entry the first counts. */
export async function finishAll(db: Database, entries: readonly FinishedEntry[]): Promise<void> {
	const first = [...new Map(entries.toReversed().map((entry) => [entry.number, entry])).values()];
	for (let start = 0; start < first.length; start += mostAtOnce) {
		const some = first.slice(start, start + mostAtOnce);
		await sql`
			update ${sql.table(`${storeSchema}.inbox`)} as entry set
				finished_at = clock_timestamp(),
				owner = null,
				problem = over.problem,
				payload = case when over.problem is null then 'null' else payload end
			from unnest(
				${some.map((entry) => entry.number)}::bigint[],
				${some.map((entry) => entry.problem)}::text[]
			) as over (number, problem)
			where entry.number = over.number and finished_at is null`.execute(db);
	}
}
