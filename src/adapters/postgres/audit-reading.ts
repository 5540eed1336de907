import type { Selectable } from "kysely";
import type { AuditRecord } from "../../domain/audit-event.ts";
import type { AuditSpan } from "../../ports/store.ts";
import { toAuditRecord } from "./audit-record.ts";
import type { Database } from "./open-database.ts";
import type { Tables } from "./tables.ts";
import { toTime } from "./times.ts";

type Row = Selectable<Tables["audit_records"]>;

/** Records in a batch; at most two batches are in memory. */
const batchSize = 1_000;

/** The records of a span of time as they are when the reading begins, oldest first, batch by batch. */
export async function* readRecords(db: Database, span: AuditSpan): AsyncGenerator<readonly AuditRecord[]> {
	const { last } = await db
		.selectFrom("audit_records")
		.select((select) => select.fn.max("sequence").as("last"))
		.executeTakeFirstOrThrow();
	for await (const rows of readRows(db, last ?? 0, span)) yield rows.map(toAuditRecord);
}

/** The rows behind `after` up to `last`, oldest first. The next batch is asked for while one is worked on. */
export async function* readRows(
	db: Database,
	last: number,
	{ fromMs, toMs, after = 0 }: AuditSpan & { readonly after?: number } = {},
): AsyncGenerator<readonly Row[]> {
	const batchAfter = (sequence: number): Promise<Row[]> => {
		let query = db
			.selectFrom("audit_records")
			.selectAll()
			.where("sequence", ">", sequence)
			.where("sequence", "<=", last)
			.orderBy("sequence")
			.limit(batchSize);
		if (fromMs !== undefined) query = query.where("at", ">=", toTime(fromMs));
		if (toMs !== undefined) query = query.where("at", "<", toTime(toMs));
		return query.execute();
	};
	for (let next: Promise<Row[]> | undefined = batchAfter(after); next; ) {
		const rows: readonly Row[] = await next;
		const end = rows.length === batchSize ? rows.at(-1)?.sequence : undefined;
		next = end === undefined ? undefined : batchAfter(end);
		// Whoever stops reading early does not wait for it; who goes on meets its error then.
		next?.catch(() => undefined);
		if (rows.length > 0) yield rows;
	}
}
