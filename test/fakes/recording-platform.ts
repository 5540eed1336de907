import type { ChatMessage } from "../../src/domain/chat-message.ts";
import type { ChatPlatform } from "../../src/ports/chat-platform.ts";

/** A card as it stands in the channel, with every state it was shown in. */
type Card = { readonly reference: string; readonly shown: ChatMessage[]; gone?: boolean };

/** A chat platform that keeps what is posted. It does not know keys: a second post is a second card. */
export type RecordingPlatform = ChatPlatform & {
	readonly cards: readonly Card[];
	/** Every post and edit fails with this; `undefined` ends it. */
	fail(error: unknown): void;
	/** Called before each post and edit takes effect. */
	beforeShow(hook: ((message: ChatMessage) => Promise<void>) | undefined): void;
	/** Somebody deletes a card. */
	remove(reference: string): void;
};

/** A platform with one channel; `channel: undefined` has none. */
export function recordingPlatform(
	name = "recorder",
	channel: string | undefined = "general",
): RecordingPlatform {
	const cards: Card[] = [];
	let error: unknown;
	let hook: ((message: ChatMessage) => Promise<void>) | undefined;
	const show = async (message: ChatMessage) => {
		await hook?.(message);
		if (error) throw error;
	};
	return {
		name,
		paceMs: 0,
		threadOf: (conversation, reference) => ({ ...conversation, id: `${conversation.id}:${reference}` }),
		channelOf: (conversation) => ({ ...conversation, id: conversation.id.split(":")[0] ?? "" }),
		cards,
		fail: (next) => {
			error = next;
		},
		beforeShow: (next) => {
			hook = next;
		},
		remove: (reference) => {
			for (const card of cards) if (card.reference === reference) card.gone = true;
		},
		post: async (_conversation, message) => {
			await show(message);
			const reference = `card-${cards.length + 1}`;
			cards.push({ reference, shown: [message] });
			return reference;
		},
		update: async (_conversation, reference, message) => {
			await show(message);
			const card = cards.find((item) => item.reference === reference && !item.gone);
			card?.shown.push(message);
			return card !== undefined;
		},
		defaultConversation: () => (channel === undefined ? undefined : { platform: name, id: channel }),
	};
}
