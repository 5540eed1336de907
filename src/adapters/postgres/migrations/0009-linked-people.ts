import { type Kysely, sql } from "kysely";

/**
 * Persons found to be the same human being. `merged_into` never points to a merged person, so one step leads to whom
 * it is now; `known_people` takes that step: `alias` is any number a person ever had.
 */
export async function createLinkTables(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table smartcloudops.people
		add column merged_into bigint references smartcloudops.people`.execute(db);
	await sql`
		create index people_merged on smartcloudops.people (merged_into)
		where merged_into is not null`.execute(db);
	await sql`
		create view smartcloudops.known_people as
		select person.number as alias, kept.number, kept.name, kept.role
		from smartcloudops.people as person
		join smartcloudops.people as kept on kept.number = coalesce(person.merged_into, person.number)`.execute(
		db,
	);
	await sql`
		create table smartcloudops.link_codes (
			person_number bigint primary key references smartcloudops.people,
			code_hash text not null,
			expires_at timestamptz(3) not null,
			constraint link_codes_one_hash unique (code_hash)
		)`.execute(db);
}
