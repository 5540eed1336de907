import { type Kysely, sql } from "kysely";

/** Incidents and their anomalies. */
export async function createIncidentTables(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table smartcloudops.incidents (
			number bigint generated always as identity primary key,
			target text not null,
			environment text not null,
			kind text not null check (kind in ('anomaly', 'blind')),
			status text not null check (status in ('open', 'resolved')),
			severity text not null check (severity in ('low', 'medium', 'high', 'critical')),
			title text not null,
			explanation text not null,
			opened_at timestamptz(3) not null,
			resolved_at timestamptz(3),
			outcome text check (outcome in ('remediated', 'recovered', 'closed')),
			timeline jsonb not null,
			version integer not null check (version > 0)
		)`.execute(db);
	await sql`
		create unique index incidents_one_open on smartcloudops.incidents (target, environment, kind)
		where status = 'open'`.execute(db);
	await sql`create index incidents_opened_at on smartcloudops.incidents (opened_at)`.execute(db);
	await sql`
		create table smartcloudops.anomalies (
			number bigint generated always as identity primary key,
			watch text not null,
			series text not null,
			labels jsonb not null,
			target text not null,
			environment text not null,
			query text not null,
			incident_number bigint not null references smartcloudops.incidents,
			opened_at timestamptz(3) not null,
			outside_since timestamptz(3) not null,
			last_seen_at timestamptz(3) not null,
			closed_at timestamptz(3),
			score double precision not null,
			severity text not null check (severity in ('low', 'medium', 'high', 'critical')),
			value double precision not null,
			peak double precision not null,
			band_low double precision not null,
			band_high double precision not null,
			explanation text not null
		)`.execute(db);
	await sql`
		create unique index anomalies_one_open on smartcloudops.anomalies (watch, series)
		where closed_at is null`.execute(db);
	await sql`create index anomalies_incident on smartcloudops.anomalies (incident_number)`.execute(db);
	await sql`create index anomalies_opened_at on smartcloudops.anomalies (opened_at)`.execute(db);
}
