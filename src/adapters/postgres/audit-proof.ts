import { type AuditAnchor, recordText } from "../../domain/audit-anchor.ts";
import type { AuditSeal } from "../../domain/audit-event.ts";
import type { AuditVault } from "../../ports/audit-vault.ts";
import { toSeal } from "./audit-record.ts";
import type { Database } from "./open-database.ts";

/** What the chain is compared with: all that somebody who can change the whole database can't. */
export type AuditProof = {
	/** Oldest first. Empty without a vault. */
	readonly anchors: readonly AuditAnchor[];
	/** Records up to this one were there before the anchor; signatures are demanded behind it. */
	readonly takenOver: number;
	readonly trusted: ReadonlySet<string>;
	isSigned(sequence: number, seal: AuditSeal): boolean;
};

/** Reads the anchor and the trusted keys. Read before the chain is: anchors never reach past what is committed. */
export async function readProof(vault: AuditVault | undefined): Promise<AuditProof> {
	if (!vault)
		return {
			anchors: [],
			takenOver: Number.POSITIVE_INFINITY,
			trusted: new Set(),
			isSigned: () => false,
		};
	const anchors = await vault.anchors.read();
	const trusted = await vault.trustedKeys();
	return {
		anchors,
		trusted,
		takenOver: anchors[0]?.sequence ?? Number.POSITIVE_INFINITY,
		isSigned: (sequence, { hash, key, signature }) =>
			key !== undefined &&
			signature !== undefined &&
			trusted.has(key) &&
			vault.signer.isSigned(recordText({ sequence, hash }), { key, signature }),
	};
}

/**
 * The first record behind `proven`, up to `last`, that nobody trusted signed; undefined if there is none. The chain
 * must fit from `proven` to `last`: then a good signature proves all records before it, so that a few are enough.
 */
export async function firstUnsigned(
	db: Database,
	proof: AuditProof,
	proven: number,
	last: number,
): Promise<number | undefined> {
	let [good, bad] = [Math.max(proven, proof.takenOver), last + 1];
	for (let next = last; bad - good > 1; next = Math.floor((good + bad) / 2)) {
		const row = await db
			.selectFrom("audit_records")
			.select(["hash", "key", "signature"])
			.where("sequence", "=", next)
			.executeTakeFirstOrThrow();
		if (proof.isSigned(next, toSeal(row))) good = next;
		else bad = next;
	}
	return bad > last ? undefined : bad;
}
