import type { ParsedQuestion } from "./parse/parsed-question.ts";

/** What is kept of a conversation: the last question as it was understood, and the incident it was about. */
type Remembered = { readonly question: ParsedQuestion; readonly incidentId?: string };

/** The last question of each conversation, so that "and yesterday?" means something. */
export type ConversationMemory = {
	recall(conversation: string): Remembered | undefined;
	remember(conversation: string, remembered: Remembered): void;
	readonly size: number;
};

/** Keeps the `most` conversations that were used last, in memory only. */
export function createConversationMemory(most = 500): ConversationMemory {
	const kept = new Map<string, Remembered>();
	return {
		recall: (conversation) => {
			const found = kept.get(conversation);
			if (found) {
				kept.delete(conversation);
				kept.set(conversation, found);
			}
			return found;
		},
		remember: (conversation, remembered) => {
			kept.delete(conversation);
			kept.set(conversation, remembered);
			const [oldest] = kept.keys();
			if (kept.size > most && oldest !== undefined) kept.delete(oldest);
		},
		get size() {
			return kept.size;
		},
	};
}
