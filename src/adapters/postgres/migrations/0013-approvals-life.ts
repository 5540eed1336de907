import { type Kysely, sql } from "kysely";

/** Freezes, the checks before a decision, and what finds the runs of a span for cooldowns and blast radius. */
export async function createApprovalsLifeTables(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table smartcloudops.freezes (
			number bigint generated always as identity primary key,
			scope jsonb not null,
			reason text,
			actor_name text not null,
			created_at timestamptz(3) not null,
			until timestamptz(3),
			lifted_at timestamptz(3)
		)`.execute(db);
	await sql`
		create index freezes_in_force on smartcloudops.freezes (number) where lifted_at is null`.execute(db);
	await sql`alter table smartcloudops.approvals add column preflight jsonb`.execute(db);
	await sql`create index executions_intended_at on smartcloudops.executions (intended_at)`.execute(db);
	// Rules of requests that were made before there were limits: none stood in their way then.
	await sql`
		update smartcloudops.approvals set rule = ${JSON.stringify(unlimited)}::jsonb || rule
		where not rule ? 'cooldownMinutes'`.execute(db);
}

const unlimited = {
	cooldownMinutes: 0,
	maximumTargets: 1000,
	window: { minutes: 60, maximumTargets: 10_000 },
	allowedTimes: [],
};
