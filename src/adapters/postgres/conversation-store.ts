import { type Selectable, sql } from "kysely";
import type { Conversation } from "../../domain/chat-event.ts";
import type { ConversationStore, KnownConversation } from "../../ports/chat-stores.ts";
import { cleanText } from "./clean-text.ts";
import { storeSchema } from "./names.ts";
import type { Database } from "./open-database.ts";
import { present } from "./present.ts";
import type { Tables } from "./tables.ts";
import { toJson } from "./to-json.ts";

/**
 * Known conversations in Postgres. `seenAtMs` is exact to a minute: what is told again unchanged within one is not
 * written again, since platforms tell it with every message.
 */
export function createConversationStore(db: Database): ConversationStore {
	const at = ({ platform, id }: Conversation) => ({ platform: cleanText(platform), id: cleanText(id) });
	return {
		remember: async ({ conversation, name, kind, reference }) => {
			const { platform, id } = at(conversation);
			await sql`
				insert into ${sql.table(`${storeSchema}.conversations`)} as known
					(platform, id, name, kind, reference, seen_at)
				values (
					${platform}, ${id}, ${name === undefined ? null : cleanText(name)}, ${kind},
					${toJson(reference)}::jsonb, clock_timestamp()
				)
				on conflict (platform, id) do update set
					name = excluded.name,
					kind = excluded.kind,
					reference = excluded.reference,
					seen_at = excluded.seen_at
				where (known.name, known.kind, known.reference)
						is distinct from (excluded.name, excluded.kind, excluded.reference)
					or known.seen_at < excluded.seen_at - interval '1 minute'`.execute(db);
		},
		get: async (conversation) => {
			const row = await db
				.selectFrom("conversations")
				.selectAll()
				.where((where) => where.and(at(conversation)))
				.executeTakeFirst();
			return row && toKnown(row);
		},
		list: async (platform) => {
			const rows = await db
				.selectFrom("conversations")
				.selectAll()
				.where("platform", "=", platform)
				.orderBy("id")
				.execute();
			return rows.map(toKnown);
		},
		forget: async (conversation) => {
			await db
				.deleteFrom("conversations")
				.where((where) => where.and(at(conversation)))
				.execute();
		},
	};
}

function toKnown(row: Selectable<Tables["conversations"]>): KnownConversation {
	const { platform, id, name, kind, reference, seen_at } = row;
	return {
		conversation: { platform, id },
		...present({ name }),
		kind,
		reference,
		seenAtMs: seen_at.getTime(),
	};
}
