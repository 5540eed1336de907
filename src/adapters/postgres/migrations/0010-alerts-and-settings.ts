import { type Kysely, sql } from "kysely";

/** Alerts, settings over the configuration file, known conversations, and charts that platforms fetch. */
export async function createAlertTables(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table smartcloudops.alerts (
			number bigint generated always as identity primary key,
			fingerprint text not null,
			starts_at timestamptz(3) not null,
			ends_at timestamptz(3),
			labels jsonb not null,
			annotations jsonb not null,
			generator_url text,
			name text not null,
			target text not null,
			environment text not null,
			severity text not null check (severity in ('low', 'medium', 'high', 'critical')),
			incident_number bigint references smartcloudops.incidents,
			received_at timestamptz(3) not null,
			resolved_at timestamptz(3),
			constraint alerts_one_each unique (fingerprint, starts_at)
		)`.execute(db);
	await sql`
		create index alerts_incident on smartcloudops.alerts (incident_number)
		where incident_number is not null`.execute(db);
	await sql`create index alerts_starts_at on smartcloudops.alerts (starts_at)`.execute(db);
	await sql`
		create table smartcloudops.settings (
			kind text not null check (kind in ('route')),
			name text not null,
			value jsonb not null,
			actor_name text not null,
			changed_at timestamptz(3) not null,
			primary key (kind, name)
		)`.execute(db);
	await sql`
		create table smartcloudops.conversations (
			platform text not null,
			id text not null,
			name text,
			kind text not null check (kind in ('direct', 'private', 'public')),
			reference jsonb not null,
			seen_at timestamptz(3) not null,
			primary key (platform, id)
		)`.execute(db);
	await sql`
		create table smartcloudops.shared_charts (
			number bigint generated always as identity primary key,
			id text not null default gen_random_uuid()::text,
			subject text not null,
			chart jsonb not null,
			surface text not null check (surface in ('dark', 'light')),
			created_at timestamptz(3) not null default clock_timestamp(),
			constraint shared_charts_one_id unique (id)
		)`.execute(db);
	await sql`create index shared_charts_subject on smartcloudops.shared_charts (subject, number)`.execute(db);
}
