import { AppError } from "../../domain/errors.ts";
import type { AuditLog } from "../../ports/store.ts";
import { sealRecord, toAuditRecord, toAuditRow } from "./audit-record.ts";
import { databaseNow } from "./database-now.ts";
import { type Database, withinTransaction } from "./open-database.ts";
import { startOf, toPage } from "./page.ts";
import { verifyAudit } from "./verify-audit.ts";

/**
 * The audit chain in Postgres. The head's row is locked until the transaction ends, so that two records never
 * follow the same one, over all replicas; transactions that record something therefore commit one after another.
 */
export function createAuditLog(db: Database): AuditLog {
	return {
		append: (event) =>
			withinTransaction(db, async (transaction) => {
				const head = await transaction
					.selectFrom("audit_head")
					.select(["sequence", "hash"])
					.forUpdate()
					.executeTakeFirst();
				if (!head)
					throw new AppError("internal", "The audit log has lost its head, so nothing can be recorded.");
				const record = sealRecord(event, {
					sequence: head.sequence + 1,
					atMs: await databaseNow(transaction),
					previousHash: head.hash,
				});
				await transaction.insertInto("audit_records").values(toAuditRow(record)).execute();
				await transaction
					.updateTable("audit_head")
					.set({ sequence: record.sequence, hash: record.hash })
					.execute();
				return record;
			}),
		list: async ({ subject }, page) => {
			const { before, rows } = startOf("AUDIT", page);
			let query = db.selectFrom("audit_records").selectAll().orderBy("sequence", "desc").limit(rows);
			if (before !== undefined) query = query.where("sequence", "<", before);
			if (subject !== undefined) query = query.where("subject", "=", subject);
			return toPage("AUDIT", page, await query.execute(), (row) => row.sequence, toAuditRecord);
		},
		verify: () => verifyAudit(db),
	};
}
