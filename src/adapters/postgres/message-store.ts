import { type Selectable, sql } from "kysely";
import type { MessageStore, StoredMessage } from "../../ports/chat-stores.ts";
import type { Database } from "./open-database.ts";
import { startOf, toPage } from "./page.ts";
import { fromId, toId } from "./public-id.ts";
import type { Tables } from "./tables.ts";
import { toJson } from "./to-json.ts";

/** The console's messages in Postgres. */
export function createMessageStore(db: Database): MessageStore {
	return {
		create: async ({ conversation, author, message }) => {
			const row = await db
				.insertInto("messages")
				.values({
					conversation,
					author_kind: author.kind,
					author_name: author.name,
					message: toJson(message),
				})
				.returningAll()
				.executeTakeFirstOrThrow();
			return toMessage(row);
		},
		update: async (id, message) => {
			const row = await db
				.updateTable("messages")
				.set({ message: toJson(message), updated_at: sql<Date>`clock_timestamp()` })
				.where("number", "=", fromId("M", id) ?? 0)
				.returningAll()
				.executeTakeFirst();
			return row && toMessage(row);
		},
		get: async (id) => {
			const row = await db
				.selectFrom("messages")
				.selectAll()
				.where("number", "=", fromId("M", id) ?? 0)
				.executeTakeFirst();
			return row && toMessage(row);
		},
		list: async (conversation, page) => {
			const { before, rows } = startOf("M", page);
			let query = db
				.selectFrom("messages")
				.selectAll()
				.where("conversation", "=", conversation)
				.orderBy("number", "desc")
				.limit(rows);
			if (before !== undefined) query = query.where("number", "<", before);
			return toPage("M", page, await query.execute(), (row) => row.number, toMessage);
		},
	};
}

function toMessage(row: Selectable<Tables["messages"]>): StoredMessage {
	return {
		id: toId("M", row.number),
		conversation: row.conversation,
		author: { kind: row.author_kind, name: row.author_name },
		message: row.message,
		createdAtMs: row.created_at.getTime(),
		updatedAtMs: row.updated_at.getTime(),
	};
}
