import { type Kysely, sql } from "kysely";

/** People, their identities on platforms, and the hashes of what they sign in with. */
export async function createPeopleTables(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table smartcloudops.people (
			number bigint generated always as identity primary key,
			name text not null,
			role text not null check (role in ('admin', 'operator', 'viewer', 'guest'))
		)`.execute(db);
	await sql`
		create table smartcloudops.identities (
			platform text not null,
			tenant text not null,
			user_id text not null,
			person_number bigint not null references smartcloudops.people,
			linked_at timestamptz(3) not null default clock_timestamp(),
			primary key (platform, tenant, user_id)
		)`.execute(db);
	await sql`create index identities_person on smartcloudops.identities (person_number)`.execute(db);
	await sql`
		create table smartcloudops.credentials (
			id text primary key,
			kind text not null check (kind in ('api-key', 'session')),
			person_number bigint not null references smartcloudops.people,
			secret_hash text not null,
			expires_at timestamptz(3),
			constraint credentials_one_hash unique (kind, secret_hash)
		)`.execute(db);
	await sql`
		create table smartcloudops.sign_in_codes (
			code_hash text primary key,
			person_number bigint not null references smartcloudops.people,
			expires_at timestamptz(3) not null
		)`.execute(db);
}
