import { type Kysely, sql } from "kysely";

/** The console's messages, and where on each platform a subject is shown. */
export async function createChatTables(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table smartcloudops.messages (
			number bigint generated always as identity primary key,
			conversation text not null,
			author_kind text not null check (author_kind in ('person', 'bot')),
			author_name text not null,
			message jsonb not null,
			created_at timestamptz(3) not null default clock_timestamp(),
			updated_at timestamptz(3) not null default clock_timestamp()
		)`.execute(db);
	await sql`create index messages_conversation on smartcloudops.messages (conversation, number)`.execute(db);
	await sql`
		create table smartcloudops.postings (
			subject text not null,
			platform text not null,
			conversation text not null,
			reference text not null,
			primary key (subject, platform, conversation)
		)`.execute(db);
}
