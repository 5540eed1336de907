import type { Conversation } from "../../src/domain/chat-event.ts";
import type { ChatMessage } from "../../src/domain/chat-message.ts";
import type { StoredMessage } from "../../src/ports/chat-stores.ts";
import type { Store, Stores } from "../../src/ports/store.ts";
import { renderMessage } from "./render-message.ts";
import { toAppError } from "./to-app-error.ts";

/** What keeping messages needs. */
export type MessageKeeper = Pick<Store, "transaction">;

/** The name the product speaks by. */
export const BOT: StoredMessage["author"] = { kind: "bot", name: "SmartCloudOps" };

/** Keeps a message in a conversation and tells open pages. AppError `unavailable`. */
export async function keepMessage(
	store: MessageKeeper,
	conversation: Conversation,
	author: StoredMessage["author"],
	message: ChatMessage,
): Promise<StoredMessage> {
	const rendered = renderMessage(message);
	try {
		return await store.transaction((stores) => create(stores, conversation, author, rendered));
	} catch (error) {
		throw toAppError(error);
	}
}

/** As `keepMessage`, but once for a key: later and concurrent calls give the id of the first message. */
export async function keepOnce(
	store: MessageKeeper,
	conversation: Conversation,
	message: ChatMessage,
	key: string,
): Promise<string> {
	const rendered = renderMessage(message);
	try {
		return await store.transaction(async (stores) => {
			const known = await stores.postings.find(key, conversation);
			if (known !== undefined) return known;
			const { id } = await create(stores, conversation, BOT, rendered);
			const first = await stores.postings.remember(key, conversation, id);
			if (first !== id) throw new KeptBefore(first);
			return id;
		});
	} catch (error) {
		if (error instanceof KeptBefore) return error.reference;
		throw toAppError(error);
	}
}

/** Rolls back a message that somebody else kept under the same key at the same moment. */
class KeptBefore extends Error {
	readonly reference: string;

	constructor(reference: string) {
		super("The message was kept before.");
		this.reference = reference;
	}
}

async function create(
	stores: Stores,
	conversation: Conversation,
	author: StoredMessage["author"],
	message: ChatMessage,
): Promise<StoredMessage> {
	const kept = await stores.messages.create({ conversation: conversation.id, author, message });
	await stores.announce({ kind: "message", id: kept.id });
	return kept;
}
