import { hash } from "node:crypto";
import type { Selectable } from "kysely";
import type { AuditEvent, AuditRecord } from "../../domain/audit-event.ts";
import { canonicalJson } from "../../domain/canonical-json.ts";
import { cleanText } from "./clean-text.ts";
import type { Tables } from "./tables.ts";
import { toTime } from "./times.ts";
import { asStored, toJson } from "./to-json.ts";

/** The place of a record in the chain. */
export type AuditPlace = Pick<AuditRecord, "sequence" | "atMs" | "previousHash">;

/**
 * Seals an event: its hash is SHA-256 over the previous hash followed by the canonical JSON of the record without
 * its hash. The event is brought into the form it will be read back in first, so that both forms hash equal.
 */
export function sealRecord(event: AuditEvent, place: AuditPlace): AuditRecord {
	const { action, actorId, actorName, subject, summary } = event;
	const unsealed = {
		action: cleanText(action),
		actorId: cleanText(actorId),
		actorName: cleanText(actorName),
		subject: cleanText(subject),
		summary: cleanText(summary),
		data: asStored(event.data) as AuditEvent["data"],
		...place,
	};
	return { ...unsealed, hash: hashOf(unsealed) };
}

/** The hash that a record must have, whatever it says. */
export function hashOf(record: Omit<AuditRecord, "hash"> & { readonly hash?: string }): string {
	const { hash: _, ...unsealed } = record;
	return hash("sha256", record.previousHash + canonicalJson(unsealed), "hex");
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
		hash: row.hash,
	};
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
	};
}
