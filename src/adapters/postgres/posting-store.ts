import type { Conversation } from "../../domain/chat-event.ts";
import type { PostingStore } from "../../ports/chat-stores.ts";
import type { Database } from "./open-database.ts";

/** Where subjects are shown, in Postgres. */
export function createPostingStore(db: Database): PostingStore {
	const find = async (subject: string, conversation: Conversation): Promise<string | undefined> => {
		const row = await db
			.selectFrom("postings")
			.select("reference")
			.where("subject", "=", subject)
			.where("platform", "=", conversation.platform)
			.where("conversation", "=", conversation.id)
			.executeTakeFirst();
		return row?.reference;
	};
	return {
		find,
		remember: async (subject, conversation, reference) => {
			await db
				.insertInto("postings")
				.values({ subject, platform: conversation.platform, conversation: conversation.id, reference })
				.onConflict((conflict) => conflict.doNothing())
				.execute();
			return (await find(subject, conversation)) ?? reference;
		},
		whereShown: async (subject) => {
			const rows = await db
				.selectFrom("postings")
				.select(["platform", "conversation"])
				.where("subject", "=", subject)
				.orderBy("platform")
				.orderBy("conversation")
				.execute();
			return rows.map(({ platform, conversation }) => ({ platform, id: conversation }));
		},
		subjectOf: async ({ platform, id }, reference) => {
			const row = await db
				.selectFrom("postings")
				.select("subject")
				.where("platform", "=", platform)
				.where("conversation", "=", id)
				.where("reference", "=", reference)
				.orderBy("subject")
				.limit(1)
				.executeTakeFirst();
			return row?.subject;
		},
	};
}
