import { hash as digest } from "node:crypto";
import type { Selectable } from "kysely";
import { recordText } from "../../domain/audit-anchor.ts";
import type { AuditEvent, AuditRecord, AuditSeal } from "../../domain/audit-event.ts";
import { canonicalJson } from "../../domain/canonical-json.ts";
import { redact, redactText } from "../../domain/redact.ts";
import type { AuditSigner } from "../../ports/audit-vault.ts";
import { cleanText } from "./clean-text.ts";
import { present } from "./present.ts";
import type { Tables } from "./tables.ts";
import { toTime } from "./times.ts";
import { asStored, toJson } from "./to-json.ts";

/** The place of a record in the chain: behind the record that `previous` sealed. */
export type AuditPlace = {
	readonly sequence: number;
	readonly atMs: number;
	readonly previous: AuditSeal;
};

/** A record keeps every target of a plan, however many; only what no person would read is cut. */
const LIMITS = { text: 32_768, members: 20_000, levels: 16 };

/**
 * Seals an event, without secrets, behind another, and signs it where there is a signer. It is brought into the form it
 * will be read back in first, so that both forms hash equal.
 */
export function sealRecord(event: AuditEvent, place: AuditPlace, signer?: AuditSigner): AuditRecord {
	const { sequence, atMs, previous } = place;
	const unsealed = {
		action: toText(event.action),
		actorId: toText(event.actorId),
		actorName: toText(event.actorName),
		subject: toText(event.subject),
		summary: toText(event.summary),
		data: asStored(redact(asStored(event.data), LIMITS)) as AuditEvent["data"],
		sequence,
		atMs,
		previousHash: previous.hash,
	};
	const hash = hashOf(unsealed, previous);
	if (!signer) return { ...unsealed, hash };
	return { ...unsealed, hash, key: signer.key, signature: signer.sign(recordText({ sequence, hash })) };
}

function toText(text: string): string {
	return cleanText(redactText(text, LIMITS.text));
}

/**
 * The hash that a record must have, whatever it says: SHA-256 over the hash of the record before, its key and signature
 * (each after a point, where it is signed), and the canonical JSON of this record without its own seal.
 */
export function hashOf(record: Omit<AuditRecord, keyof AuditSeal>, previous: AuditSeal): string {
	const { hash: before, key, signature } = previous;
	const signed = key === undefined && signature === undefined ? "" : `.${key ?? ""}.${signature ?? ""}`;
	return digest("sha256", before + signed + canonicalRecord(record), "hex");
}

/** As `canonicalJson` of the record, several times as fast. */
function canonicalRecord(record: Omit<AuditRecord, keyof AuditSeal>): string {
	const { action, actorId, actorName, atMs, data, previousHash, sequence, subject, summary } = record;
	const names = `"actorId":${JSON.stringify(actorId)},"actorName":${JSON.stringify(actorName)}`;
	const place = `"previousHash":${JSON.stringify(previousHash)},"sequence":${JSON.stringify(sequence)}`;
	const words = `"subject":${JSON.stringify(subject)},"summary":${JSON.stringify(summary)}`;
	return `{"action":${JSON.stringify(action)},${names},"atMs":${JSON.stringify(atMs)},"data":${canonicalJson(data)},${place},${words}}`;
}

/** The record of a row. */
export function toAuditRecord(row: Selectable<Tables["audit_records"]>): AuditRecord {
	return {
		sequence: row.sequence,
		atMs: row.at.getTime(),
		action: row.action,
		actorId: row.actor_id,
		actorName: row.actor_name,
		subject: row.subject,
		summary: row.summary,
		data: row.data,
		previousHash: row.previous_hash,
		...toSeal(row),
	};
}

/** The seal that a row of records or the head holds. */
export function toSeal(row: Pick<Selectable<Tables["audit_head"]>, "hash" | "key" | "signature">): AuditSeal {
	return { hash: row.hash, ...present({ key: row.key, signature: row.signature }) };
}

/** The row of a record. */
export function toAuditRow(record: AuditRecord) {
	return {
		sequence: record.sequence,
		at: toTime(record.atMs),
		action: record.action,
		actor_id: record.actorId,
		actor_name: record.actorName,
		subject: record.subject,
		summary: record.summary,
		data: toJson(record.data),
		previous_hash: record.previousHash,
		hash: record.hash,
		key: record.key ?? null,
		signature: record.signature ?? null,
	};
}
