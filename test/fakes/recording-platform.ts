import type { Conversation } from "../../src/domain/chat-event.ts";
import type { ChatMessage } from "../../src/domain/chat-message.ts";
import type { ChatPlatform } from "../../src/ports/chat-platform.ts";

/** A card as it stands in the channel, with every state it was shown in and when. */
type Card = {
	readonly reference: string;
	readonly conversation: Conversation;
	readonly key: string | undefined;
	readonly shown: ChatMessage[];
	readonly shownAtMs: number[];
	gone?: boolean;
};

/** A chat platform that keeps what is posted. */
export type RecordingPlatform = ChatPlatform & {
	readonly cards: readonly Card[];
	/** The cards of a conversation. */
	cardsIn(id: string): readonly Card[];
	/** Posts and edits fail with this, in one conversation or in all; `undefined` ends it. */
	fail(error: unknown, conversation?: string): void;
	/** Called before each post and edit takes effect. */
	beforeShow(hook: Hook | undefined): void;
	/** Called when a post has taken effect, before anybody hears of it. */
	afterPost(hook: Hook | undefined): void;
	/** Somebody deletes a card. */
	remove(reference: string): void;
	/** How many posts and edits were asked for. */
	readonly calls: number;
};

type Hook = (message: ChatMessage, conversation: Conversation) => Promise<void>;

type Options = {
	readonly paceMs?: number;
	/** A second post of a key gives the first card; by default it is a second card. */
	readonly knowsKeys?: boolean;
	readonly threads?: boolean;
};

/** A platform with one channel; `channel: undefined` has none. Threads are `channel:reference`. */
export function recordingPlatform(
	name = "recorder",
	channel: string | undefined = "general",
	{ paceMs = 0, knowsKeys = false, threads = true }: Options = {},
): RecordingPlatform {
	const cards: Card[] = [];
	const errors = new Map<string, unknown>();
	let before: Hook | undefined;
	let after: Hook | undefined;
	let calls = 0;
	const show = async (message: ChatMessage, conversation: Conversation) => {
		calls += 1;
		await before?.(message, conversation);
		const error = errors.get(conversation.id) ?? errors.get("");
		if (error) throw error;
	};
	return {
		name,
		paceMs,
		threadOf: (conversation, reference) =>
			threads ? { ...conversation, id: `${conversation.id}:${reference}` } : undefined,
		channelOf: (conversation) => ({ ...conversation, id: conversation.id.split(":")[0] ?? "" }),
		cards,
		cardsIn: (id) => cards.filter((card) => card.conversation.id === id),
		fail: (error, conversation = "") => void errors.set(conversation, error),
		beforeShow: (hook) => {
			before = hook;
		},
		afterPost: (hook) => {
			after = hook;
		},
		remove: (reference) => {
			for (const card of cards) if (card.reference === reference) card.gone = true;
		},
		get calls() {
			return calls;
		},
		post: async (conversation, message, key) => {
			await show(message, conversation);
			const known = cards.find((card) => card.key === key && card.conversation.id === conversation.id);
			if (knowsKeys && key !== undefined && known) return known.reference;
			const reference = `card-${cards.length + 1}`;
			cards.push({ reference, conversation, key, shown: [message], shownAtMs: [performance.now()] });
			await after?.(message, conversation);
			return reference;
		},
		update: async (conversation, reference, message) => {
			await show(message, conversation);
			const card = cards.find((item) => item.reference === reference && !item.gone);
			card?.shown.push(message);
			card?.shownAtMs.push(performance.now());
			return card !== undefined;
		},
		defaultConversation: () => (channel === undefined ? undefined : { platform: name, id: channel }),
	};
}
