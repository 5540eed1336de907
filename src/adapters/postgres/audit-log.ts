import { precedesEffect } from "../../domain/audit-event.ts";
import { AppError } from "../../domain/errors.ts";
import type { AuditVault } from "../../ports/audit-vault.ts";
import type { AuditLog } from "../../ports/store.ts";
import { anchorCommitted, refuseSetBack } from "./audit-anchoring.ts";
import { readRecords } from "./audit-reading.ts";
import { sealRecord, toAuditRecord, toAuditRow, toSeal } from "./audit-record.ts";
import { databaseNow } from "./database-now.ts";
import { type Database, withinTransaction } from "./open-database.ts";
import { startOf, toPage } from "./page.ts";
import { verifyAudit } from "./verify-audit.ts";

export type AuditLogOptions = {
	/** What signs and anchors; without one the chain is neither. */
	readonly vault?: AuditVault | undefined;
	/** Told of each record; its transaction may still fail. */
	readonly appended?: ((sequence: number) => void) | undefined;
};

/**
 * The audit chain in Postgres. The head's row is locked until the transaction ends, so that two records never
 * follow the same one, over all replicas; transactions that record something therefore commit one after another.
 */
export function createAuditLog(db: Database, { vault, appended }: AuditLogOptions = {}): AuditLog {
	return {
		append: (event) =>
			withinTransaction(db, async (transaction) => {
				const anchoredBefore = vault?.anchors.last();
				const head = await transaction
					.selectFrom("audit_head")
					.select(["sequence", "hash", "key", "signature"])
					.forUpdate()
					.executeTakeFirst();
				if (!head)
					throw new AppError("internal", "The audit log has lost its head, so nothing can be recorded.");
				if (vault && precedesEffect(event.action)) {
					refuseSetBack(head, anchoredBefore);
					// The locked head is committed. What can't be written down now could not be after the intent either.
					await vault.anchors.write(head, { always: true });
				}
				const place = {
					sequence: head.sequence + 1,
					atMs: await databaseNow(transaction),
					previous: toSeal(head),
				};
				const record = sealRecord(event, place, vault?.signer);
				const row = toAuditRow(record);
				const { sequence, hash, key, signature } = row;
				await transaction.insertInto("audit_records").values(row).execute();
				await transaction.updateTable("audit_head").set({ sequence, hash, key, signature }).execute();
				appended?.(sequence);
				return record;
			}),
		list: async ({ subject }, page) => {
			const { before, rows } = startOf("AUDIT", page);
			let query = db.selectFrom("audit_records").selectAll().orderBy("sequence", "desc").limit(rows);
			if (before !== undefined) query = query.where("sequence", "<", before);
			if (subject !== undefined) query = query.where("subject", "=", subject);
			return toPage("AUDIT", page, await query.execute(), (row) => row.sequence, toAuditRecord);
		},
		read: (span) => readRecords(db, span),
		verify: ({ newest } = {}) => verifyAudit(db, vault, newest),
		anchor: async () => {
			if (vault) await anchorCommitted(db, vault.anchors);
		},
	};
}
