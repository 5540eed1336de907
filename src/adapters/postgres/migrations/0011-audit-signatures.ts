import { type Kysely, sql } from "kysely";

/** Who signed each record and the head, and the signature. Records from before have neither. */
export async function addAuditSignatures(db: Kysely<unknown>): Promise<void> {
	for (const table of ["audit_records", "audit_head"])
		await sql`
			alter table ${sql.table(`smartcloudops.${table}`)}
				add column key text,
				add column signature text`.execute(db);
}
