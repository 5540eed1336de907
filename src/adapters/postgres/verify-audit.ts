import { AUDIT_GENESIS, type AuditRecord, type AuditVerification } from "../../domain/audit-event.ts";
import { hashOf, toAuditRecord } from "./audit-record.ts";
import type { Database } from "./open-database.ts";

/** Records in memory at once. */
const batchSize = 1_000;

/** Where the walk stands: how many records fit so far, and the hash of the last one. */
type Walked = { readonly records: number; readonly head: string };

type Misfit = { readonly brokenAt: number; readonly reason: string };

/**
 * Walks the chain from the first record to the head as it was when the walk began, and names the first record
 * that does not fit: changed, missing, out of order, added outside the log, or cut from the end.
 */
export async function verifyAudit(db: Database): Promise<AuditVerification> {
	const end = await readEnd(db);
	let walked: Walked = { records: 0, head: AUDIT_GENESIS };
	for (let full = true; full; ) {
		const records = await readBatch(db, walked.records, end.last);
		for (const record of records) {
			const misfit = misfitOf(record, walked);
			if (misfit) return { ok: false, ...walked, ...misfit };
			walked = { records: record.sequence, head: record.hash };
		}
		full = records.length === batchSize;
	}
	const misfit = misfitOfEnd(walked, end);
	return misfit ? { ok: false, ...walked, ...misfit } : { ok: true, ...walked };
}

type End = { readonly last: number; readonly head?: { readonly sequence: number; readonly hash: string } };

/** The last record and the head in one statement: what is appended meanwhile moves both or neither. */
async function readEnd(db: Database): Promise<End> {
	const { last, sequence, hash } = await db
		.selectNoFrom((select) => [
			select
				.selectFrom("audit_records")
				.select((max) => max.fn.max("sequence").as("last"))
				.as("last"),
			select.selectFrom("audit_head").select("sequence").as("sequence"),
			select.selectFrom("audit_head").select("hash").as("hash"),
		])
		.executeTakeFirstOrThrow();
	return { last: last ?? 0, ...(sequence === null || hash === null ? {} : { head: { sequence, hash } }) };
}

async function readBatch(db: Database, after: number, last: number): Promise<readonly AuditRecord[]> {
	const rows = await db
		.selectFrom("audit_records")
		.selectAll()
		.where("sequence", ">", after)
		.where("sequence", "<=", last)
		.orderBy("sequence")
		.limit(batchSize)
		.execute();
	return rows.map(toAuditRecord);
}

function misfitOf(record: AuditRecord, before: Walked): Misfit | undefined {
	const at = before.records + 1;
	if (record.sequence !== at)
		return { brokenAt: at, reason: `record ${at} is missing; the next one there is ${record.sequence}` };
	if (record.previousHash !== before.head)
		return {
			brokenAt: at,
			reason: `record ${at} does not follow the one before it: one of the two was replaced`,
		};
	if (hashOf(record) !== record.hash)
		return { brokenAt: at, reason: `record ${at} was changed after it was sealed` };
	return undefined;
}

function misfitOfEnd({ records, head: last }: Walked, { head }: End): Misfit | undefined {
	if (!head) return { brokenAt: records, reason: "the head is gone, so a cut end could not be noticed" };
	if (head.sequence > records)
		return {
			brokenAt: records + 1,
			reason: `records ${records + 1} to ${head.sequence} were cut from the end`,
		};
	if (head.sequence < records)
		return {
			brokenAt: head.sequence + 1,
			reason: `records after ${head.sequence} are not covered by the head`,
		};
	return head.hash === last
		? undefined
		: { brokenAt: records, reason: `record ${records} is not what the head sealed` };
}
