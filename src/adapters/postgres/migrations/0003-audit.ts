import { type Kysely, sql } from "kysely";

/**
 * The audit chain. Records can be added only, and the head (sequence and hash of the last record) moves by one
 * record at a time. The triggers stop mistakes; what stops a superuser is that `verify` notices.
 */
export async function createAuditTables(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table smartcloudops.audit_records (
			sequence bigint primary key check (sequence > 0),
			at timestamptz(3) not null,
			action text not null,
			actor_id text not null,
			actor_name text not null,
			subject text not null,
			summary text not null,
			data jsonb not null,
			previous_hash text not null,
			hash text not null
		)`.execute(db);
	await sql`create index audit_records_subject on smartcloudops.audit_records (subject, sequence)`.execute(
		db,
	);
	await sql`
		create table smartcloudops.audit_head (
			singleton boolean primary key default true check (singleton),
			sequence bigint not null,
			hash text not null
		)`.execute(db);
	await sql`insert into smartcloudops.audit_head (sequence, hash) values (0, repeat('0', 64))`.execute(db);
	await sql`
		create function smartcloudops.refuse_audit_change() returns trigger language plpgsql as $$
		begin
			raise exception 'audit records can be added only: % refused', tg_op;
		end $$`.execute(db);
	await sql`
		create function smartcloudops.check_audit_head() returns trigger language plpgsql as $$
		begin
			if new.sequence <> old.sequence + 1 then
				raise exception 'the audit head moves by one record at a time';
			end if;
			return new;
		end $$`.execute(db);
	await sql`
		create trigger audit_records_add_only before update or delete on smartcloudops.audit_records
		for each row execute function smartcloudops.refuse_audit_change()`.execute(db);
	await sql`
		create trigger audit_records_no_truncate before truncate on smartcloudops.audit_records
		for each statement execute function smartcloudops.refuse_audit_change()`.execute(db);
	await sql`
		create trigger audit_head_forward before update on smartcloudops.audit_head
		for each row execute function smartcloudops.check_audit_head()`.execute(db);
	await sql`
		create trigger audit_head_stays before delete or truncate on smartcloudops.audit_head
		for each statement execute function smartcloudops.refuse_audit_change()`.execute(db);
	for (const [table, trigger] of alwaysOn)
		await sql`alter table ${sql.table(table)} enable always trigger ${sql.ref(trigger)}`.execute(db);
}

/** Replication mode of a session switches off triggers that are not marked so. */
const alwaysOn = [
	["smartcloudops.audit_records", "audit_records_add_only"],
	["smartcloudops.audit_records", "audit_records_no_truncate"],
	["smartcloudops.audit_head", "audit_head_forward"],
	["smartcloudops.audit_head", "audit_head_stays"],
] as const;
