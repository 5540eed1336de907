import { AUDIT_GENESIS, type AuditSeal, type AuditVerification } from "../../domain/audit-event.ts";
import { AppError } from "../../domain/errors.ts";
import type { AuditVault } from "../../ports/audit-vault.ts";
import { type AuditProof, firstUnsigned, readProof } from "./audit-proof.ts";
import { readRows } from "./audit-reading.ts";
import { toAuditRecord, toSeal } from "./audit-record.ts";
import { type AuditWalk, type Misfit, type WalkStart, walkAudit } from "./audit-walk.ts";
import type { Database } from "./open-database.ts";

/**
 * Walks the chain from the first record to the head as it was when the walk began, and names the first record
 * that does not fit: changed, missing, out of order, added outside the log, cut from the end, or not signed by a trusted
 * key where the whole chain was written anew. With `newest`, only so many of the last records are walked: their chain, the
 * head's signature and the anchor still show a cut end, and that somebody without the key wrote the chain anew.
 */
export async function verifyAudit(
	db: Database,
	vault?: AuditVault,
	newest = Number.POSITIVE_INFINITY,
): Promise<AuditVerification> {
	let proof: AuditProof;
	try {
		proof = await readProof(vault);
	} catch (error) {
		if (!(error instanceof AppError)) throw error;
		return { ok: false, records: 0, head: AUDIT_GENESIS, reason: error.message.replace(/\.$/, "") };
	}
	const end = await readEnd(db);
	const start = end.last > newest ? await startBehind(db, end.last - newest) : undefined;
	const walk = walkAudit(proof, start);
	const found = (await walkTo(db, walk, end.last)) ?? misfitOfEnd(walk, end, proof);
	const last = found ? found.chainedTo : walk.records;
	// The anchor holds a record's hash, not the signature beside it.
	const unsigned = vault ? await firstUnsigned(db, proof, walk.anchored - 1, last) : undefined;
	const misfit =
		unsigned === undefined
			? found
			: { brokenAt: unsigned, reason: `record ${unsigned} was not signed by the key it names` };
	return {
		ok: misfit === undefined,
		records: walk.records,
		head: walk.seal.hash,
		...(start ? { walkedFrom: start.records + 1 } : {}),
		...(misfit ? { brokenAt: misfit.brokenAt, reason: misfit.reason } : {}),
		...(vault ? proofOf(walk, proof, vault.signer.key) : {}),
		...(walk.notes.length > 0 ? { notes: walk.notes } : {}),
	};
}

function proofOf(walk: AuditWalk, { anchors, takenOver }: AuditProof, own: string) {
	const anchor = anchors.at(-1);
	const keys = [...walk.keys].toSorted((a, b) => Number(b === own) - Number(a === own));
	return {
		...(Number.isFinite(takenOver) ? { signedFrom: takenOver + 1 } : {}),
		keys,
		...(anchor ? { anchored: { sequence: anchor.sequence, atMs: anchor.atMs } } : {}),
	};
}

/** Behind a record that is taken as it is; behind none where it is missing, so that the whole chain is walked. */
async function startBehind(db: Database, sequence: number): Promise<WalkStart | undefined> {
	const row = await db
		.selectFrom("audit_records")
		.select(["hash", "key", "signature"])
		.where("sequence", "=", sequence)
		.executeTakeFirst();
	return row && { records: sequence, seal: toSeal(row) };
}

async function walkTo(db: Database, walk: AuditWalk, last: number): Promise<Misfit | undefined> {
	for await (const rows of readRows(db, last, { after: walk.records }))
		for (const row of rows) {
			const misfit = walk.step(toAuditRecord(row));
			if (misfit) return misfit;
		}
	return undefined;
}

type Head = AuditSeal & { readonly sequence: number };
type End = { readonly last: number; readonly head?: Head };

/** The last record and the head in one statement: what is appended meanwhile moves both or neither. */
async function readEnd(db: Database): Promise<End> {
	const { last, sequence, hash, key, signature } = await db
		.selectNoFrom((select) => [
			select
				.selectFrom("audit_records")
				.select((max) => max.fn.max("sequence").as("last"))
				.as("last"),
			select.selectFrom("audit_head").select("sequence").as("sequence"),
			select.selectFrom("audit_head").select("hash").as("hash"),
			select.selectFrom("audit_head").select("key").as("key"),
			select.selectFrom("audit_head").select("signature").as("signature"),
		])
		.executeTakeFirstOrThrow();
	if (sequence === null || hash === null) return { last: last ?? 0 };
	return { last: last ?? 0, head: { sequence, ...toSeal({ hash, key, signature }) } };
}

function misfitOfEnd({ records, seal }: AuditWalk, { head }: End, proof: AuditProof): Misfit | undefined {
	const found = (brokenAt: number, reason: string) => ({ brokenAt, reason, chainedTo: records });
	const anchor = proof.anchors.findLast(({ sequence }) => sequence > records);
	if (anchor)
		return found(
			records + 1,
			`records ${records + 1} to ${anchor.sequence}, which were anchored outside the database, were cut from the end`,
		);
	if (!head) return found(records, "the head is gone, so a cut end could not be noticed");
	if (head.sequence > records)
		return found(records + 1, `records ${records + 1} to ${head.sequence} were cut from the end`);
	if (head.sequence < records)
		return found(head.sequence + 1, `records after ${head.sequence} are not covered by the head`);
	if (head.hash !== seal.hash) return found(records, `record ${records} is not what the head sealed`);
	return head.key === seal.key && head.signature === seal.signature
		? undefined
		: found(records, `the head is not signed as record ${records} is`);
}
