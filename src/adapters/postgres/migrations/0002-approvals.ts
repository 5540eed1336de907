import { type Kysely, sql } from "kysely";

/** Requests, the decisions on them, and their executions: at most one for each request. */
export async function createApprovalTables(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table smartcloudops.approvals (
			number bigint generated always as identity primary key,
			status text not null check (status in (
				'proposed', 'partly_approved', 'approved', 'executing', 'verifying', 'succeeded', 'failed',
				'rolled_back', 'rollback_failed', 'denied', 'expired', 'cancelled', 'unknown'
			)),
			incident_number bigint references smartcloudops.incidents,
			plan jsonb not null,
			plan_hash text not null,
			targets text[] not null,
			requester jsonb not null,
			rule jsonb not null,
			created_at timestamptz(3) not null,
			expires_at timestamptz(3) not null,
			outcome text,
			ended_at timestamptz(3),
			version integer not null check (version > 0)
		)`.execute(db);
	await sql`
		create index approvals_incident on smartcloudops.approvals (incident_number)
		where incident_number is not null`.execute(db);
	await sql`create index approvals_targets on smartcloudops.approvals using gin (targets)`.execute(db);
	await sql`create index approvals_status on smartcloudops.approvals (status, number)`.execute(db);
	await sql`
		create table smartcloudops.decisions (
			number bigint generated always as identity primary key,
			approval_number bigint not null references smartcloudops.approvals,
			person_id text not null,
			person_name text not null,
			person_role text not null,
			verdict text not null check (verdict in ('approve', 'deny')),
			reason text,
			decided_at timestamptz(3) not null
		)`.execute(db);
	await sql`create index decisions_approval on smartcloudops.decisions (approval_number)`.execute(db);
	await sql`
		create unique index decisions_one_approval_each on smartcloudops.decisions (approval_number, person_id)
		where verdict = 'approve'`.execute(db);
	await sql`
		create table smartcloudops.executions (
			number bigint generated always as identity primary key,
			approval_number bigint not null references smartcloudops.approvals,
			status text not null check (status in ('intended', 'called', 'failed', 'unknown')),
			intended_at timestamptz(3) not null,
			finished_at timestamptz(3),
			result text,
			verification jsonb,
			before jsonb,
			constraint executions_one_each unique (approval_number)
		)`.execute(db);
}
