import { type Kysely, sql } from "kysely";

/** What standing rules said, once for each finding and version of a rule, and how right they were. */
export async function createRuleTables(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table smartcloudops.rule_runs (
			number bigint generated always as identity primary key,
			rule text not null,
			version text not null,
			mode text not null check (mode in ('ask', 'shadow')),
			anomaly_id text not null,
			incident_id text not null,
			remediation text not null,
			target text not null,
			at timestamptz(3) not null,
			approval_id text,
			note text,
			score jsonb,
			constraint rule_runs_once unique (rule, version, anomaly_id)
		)`.execute(db);
	await sql`create index rule_runs_unscored on smartcloudops.rule_runs (number) where score is null`.execute(
		db,
	);
}
