import { z } from "zod";
import { AUDIT_FORMATS } from "../../src/domain/audit-export.ts";
import { page } from "./page-schema.ts";

/** The audit: its records, whether it is whole, and what an export takes. Times are ISO 8601 in UTC. */
const time = z.iso.datetime();

export const AuditRecordView = z.object({
	sequence: z.number().int(),
	at: time,
	action: z.string(),
	actor: z.string(),
	actorId: z.string(),
	subject: z.string(),
	summary: z.string(),
	data: z.record(z.string(), z.unknown()),
	previousHash: z.string(),
	hash: z.string(),
	/** The public key that signed it, and the signature, in base64url; records from before signing have neither. */
	key: z.string().optional(),
	signature: z.string().optional(),
});
export const AuditPage = page(AuditRecordView);
export const AuditVerificationView = z.object({
	ok: z.boolean(),
	records: z.number().int(),
	head: z.string(),
	brokenAt: z.number().int().optional(),
	reason: z.string().optional(),
	/** From which record on signatures are demanded, and the keys that signed since. */
	signedFrom: z.number().int().optional(),
	keys: z.array(z.string()).optional(),
	/** How far the chain is written down outside the database. */
	anchored: z.object({ sequence: z.number().int(), at: time }).optional(),
	/** What is odd but proves nothing. */
	notes: z.array(z.string()).optional(),
});
export const AuditExportRequest = z.strictObject({
	format: z.enum(AUDIT_FORMATS),
	/** Records from this instant on, and before that one. */
	from: z.iso.datetime({ offset: true }).optional(),
	to: z.iso.datetime({ offset: true }).optional(),
});
