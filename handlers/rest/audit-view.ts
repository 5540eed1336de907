import type { z } from "zod";
import type { AuditRecord } from "../../src/domain/audit-event.ts";
import type { AuditRecordView } from "./audit-schema.ts";
import { isoTime } from "./iso-time.ts";

/** A sealed record as the interface shows it. */
export function auditRecordView(record: AuditRecord): z.input<typeof AuditRecordView> {
	const { sequence, action, actorId, subject, summary, data, previousHash, hash, key, signature } = record;
	const at = isoTime(record.atMs);
	return {
		sequence,
		at,
		action,
		actor: record.actorName,
		actorId,
		subject,
		summary,
		data,
		previousHash,
		hash,
		...(key && signature ? { key, signature } : {}),
	};
}
