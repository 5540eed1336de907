import type { AuditRecord } from "../../domain/audit-event.ts";
import type { AuditSpan } from "../../ports/store.ts";
import { toAuditRecord } from "./audit-record.ts";
import type { Database } from "./open-database.ts";
import { toTime } from "./times.ts";

/** Records in memory at once. */
const batchSize = 1_000;

/** The records of a span of time as they are when the reading begins, oldest first, batch by batch. */
export async function* readRecords(
	db: Database,
	{ fromMs, toMs }: AuditSpan,
): AsyncGenerator<readonly AuditRecord[]> {
	const last = await lastSequence(db);
	for (let after = 0; after < last; ) {
		let query = db
			.selectFrom("audit_records")
			.selectAll()
			.where("sequence", ">", after)
			.where("sequence", "<=", last)
			.orderBy("sequence")
			.limit(batchSize);
		if (fromMs !== undefined) query = query.where("at", ">=", toTime(fromMs));
		if (toMs !== undefined) query = query.where("at", "<", toTime(toMs));
		const rows = await query.execute();
		if (rows.length > 0) yield rows.map(toAuditRecord);
		after = rows.length === batchSize ? (rows.at(-1)?.sequence ?? last) : last;
	}
}

async function lastSequence(db: Database): Promise<number> {
	const { last } = await db
		.selectFrom("audit_records")
		.select((select) => select.fn.max("sequence").as("last"))
		.executeTakeFirstOrThrow();
	return last ?? 0;
}
