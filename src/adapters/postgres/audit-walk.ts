import type { AuditAnchor } from "../../domain/audit-anchor.ts";
import { AUDIT_GENESIS, type AuditRecord, type AuditSeal } from "../../domain/audit-event.ts";
import type { AuditProof } from "./audit-proof.ts";
import { hashOf } from "./audit-record.ts";

/** The first record that does not fit, and why. */
export type Misfit = {
	readonly brokenAt: number;
	readonly reason: string;
	/** The chain itself fits up to here: what does not may be any record behind the last proof. */
	readonly chainedTo: number;
};

/** Walks records in order and remembers where it stands. */
export type AuditWalk = {
	/** How many records fit so far, and the seal of the last one. */
	readonly records: number;
	readonly seal: AuditSeal;
	/** The last record that was compared with a line of the anchor. */
	readonly anchored: number;
	readonly keys: ReadonlySet<string>;
	readonly notes: readonly string[];
	/** The next record; a misfit ends the walk. */
	step(record: AuditRecord): Misfit | undefined;
};

const MOST_NOTES = 5;
const MOST_KEYS = 64;

/** Where a walk begins: behind a record and its seal. */
export type WalkStart = { readonly records: number; readonly seal: AuditSeal };

const BEGINNING: WalkStart = { records: 0, seal: { hash: AUDIT_GENESIS } };

/** Begins before the first record, or behind another one, which is taken as it is. */
export function walkAudit(proof: AuditProof, start: WalkStart = BEGINNING): AuditWalk {
	let { records, seal } = start;
	let atMs = Number.NEGATIVE_INFINITY;
	let anchored = start.records;
	let nextAnchor = proof.anchors.findIndex(({ sequence }) => sequence > start.records);
	const keys = new Set<string>();
	const notes: string[] = [];

	const compare = (anchor: AuditAnchor, at: number, hash: string): Misfit | undefined => {
		if (anchor.sequence !== at || anchor.hash === hash) return undefined;
		const first = anchored + 1;
		const which = first < at ? `records ${first} to ${at} are` : `record ${at} is`;
		return {
			brokenAt: Math.min(first, at),
			reason: `${which} not what was anchored outside the database`,
			chainedTo: at,
		};
	};
	const compareAll = (at: number, hash: string): Misfit | undefined => {
		for (let anchor = proof.anchors[nextAnchor]; anchor; anchor = proof.anchors[nextAnchor]) {
			if (anchor.sequence > at) return undefined;
			const misfit = compare(anchor, at, hash);
			if (misfit) return misfit;
			anchored = anchor.sequence;
			nextAnchor += 1;
		}
		return undefined;
	};
	return {
		get records() {
			return records;
		},
		get seal() {
			return seal;
		},
		get anchored() {
			return anchored;
		},
		keys,
		notes,
		step: (record) => {
			const misfit =
				misfitOf(record, records, seal) ??
				(record.sequence > proof.takenOver ? unsigned(record, proof) : undefined) ??
				compareAll(record.sequence, record.hash);
			if (misfit) return misfit;
			if (record.atMs < atMs && notes.length < MOST_NOTES)
				notes.push(`Record ${record.sequence} is ${atMs - record.atMs} ms older than the one before it.`);
			if (record.key !== undefined && keys.size < MOST_KEYS) keys.add(record.key);
			atMs = record.atMs;
			records = record.sequence;
			seal = record;
			return undefined;
		},
	};
}

function misfitOf(record: AuditRecord, records: number, before: AuditSeal): Misfit | undefined {
	const at = records + 1;
	const found = (reason: string) => ({ brokenAt: at, reason, chainedTo: records });
	if (record.sequence !== at)
		return found(`record ${at} is missing; the next one there is ${record.sequence}`);
	if (record.previousHash !== before.hash)
		return found(`record ${at} does not follow the one before it: one of the two was replaced`);
	if (hashOf(record, before) !== record.hash) return found(`record ${at} was changed after it was sealed`);
	return undefined;
}

function unsigned({ sequence, key, signature }: AuditRecord, { trusted }: AuditProof): Misfit | undefined {
	const found = (reason: string) => ({ brokenAt: sequence, reason, chainedTo: sequence - 1 });
	if (key === undefined || signature === undefined)
		return found(`record ${sequence} is not signed, so it was added outside the log`);
	if (!trusted.has(key))
		return found(
			`record ${sequence} is signed with the key ${key}, which is not trusted here; if it is that of another replica of yours, run "npm run audit -- trust ${key}"`,
		);
	return undefined;
}
