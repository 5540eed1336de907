import type { Conversation } from "../../../../src/domain/chat-event.ts";
import type { ConversationStore, KnownConversation } from "../../../../src/ports/chat-stores.ts";

/** Conversations as Teams told of them, in memory; `seen` counts up. */
export function memoryReferences(): ConversationStore {
	const known = new Map<string, KnownConversation>();
	let seen = 0;
	const keyOf = ({ platform, id }: Conversation) => `${platform} ${id}`;
	return {
		async remember(one) {
			known.set(keyOf(one.conversation), { ...one, seenAtMs: ++seen });
		},
		get: async (conversation) => known.get(keyOf(conversation)),
		list: async (platform) => [...known.values()].filter((one) => one.conversation.platform === platform),
		async forget(conversation) {
			known.delete(keyOf(conversation));
		},
	};
}
