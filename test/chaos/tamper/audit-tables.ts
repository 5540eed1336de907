import { Client } from "pg";
import type { AuditRecord, AuditSeal } from "../../../src/domain/audit-event.ts";
import type { TestConnection } from "../../support/postgres.ts";

/** All that the database holds of the audit. */
export type AuditContent = {
	readonly records: readonly AuditRecord[];
	readonly head: (AuditSeal & { readonly sequence: number }) | undefined;
};

/** The audit's tables in the hands of somebody who may do everything in the database. */
export type AuditTables = {
	read(): Promise<AuditContent>;
	/** Puts other content in the place of what is there. */
	write(content: AuditContent): Promise<void>;
	close(): Promise<void>;
};

const RECORDS = "smartcloudops.audit_records";
const HEAD = "smartcloudops.audit_head";

/** Signs in as superuser and switches the triggers off. */
export async function seizeAuditTables(connection: TestConnection): Promise<AuditTables> {
	const client = new Client(connection);
	await client.connect();
	for (const table of [RECORDS, HEAD]) await client.query(`alter table ${table} disable trigger all`);
	return {
		read: async () => {
			const records = await client.query<{ row: Row }>(
				`select to_jsonb(r) || jsonb_build_object('at', extract(epoch from at) * 1000) as row from ${RECORDS} r order by sequence`,
			);
			const head = await client.query<{ row: HeadRow }>(`select to_jsonb(h) as row from ${HEAD} h`);
			return { records: records.rows.map(({ row }) => toRecord(row)), head: head.rows[0]?.row };
		},
		write: async ({ records, head }) => {
			await client.query("begin");
			await client.query(`truncate ${RECORDS}, ${HEAD}`);
			await client.query(
				`insert into ${RECORDS} select * from jsonb_populate_recordset(null::${RECORDS}, $1)`,
				[JSON.stringify(records.map(toRow))],
			);
			if (head)
				await client.query(`insert into ${HEAD} (sequence, hash, key, signature) values ($1, $2, $3, $4)`, [
					head.sequence,
					head.hash,
					head.key ?? null,
					head.signature ?? null,
				]);
			await client.query("commit");
		},
		close: () => client.end(),
	};
}

type HeadRow = { sequence: number; hash: string; key: string; signature: string };
type Row = ReturnType<typeof toRow>;

function toRow({ atMs, actorId, actorName, previousHash, ...rest }: AuditRecord) {
	return {
		...rest,
		at: new Date(atMs).toISOString() as string | number,
		actor_id: actorId,
		actor_name: actorName,
		previous_hash: previousHash,
	};
}

function toRecord({ at, actor_id, actor_name, previous_hash, key, signature, ...rest }: Row): AuditRecord {
	return {
		...rest,
		...(key && signature ? { key, signature } : {}),
		atMs: Number(at),
		actorId: actor_id,
		actorName: actor_name,
		previousHash: previous_hash,
	};
}
