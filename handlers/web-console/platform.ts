import { CONSOLE } from "../../src/domain/routing.ts";
import type { ChatPlatform } from "../../src/ports/chat-platform.ts";
import { BOT, keepMessage, keepOnce, type MessageKeeper } from "./keep-message.ts";
import { renderMessage } from "./render-message.ts";
import { toAppError } from "./to-app-error.ts";

/** The console as a chat platform: a post is a row and an announcement, an edit the same row again. */
export function webConsolePlatform(deps: { readonly store: MessageKeeper }): ChatPlatform {
	const { store } = deps;
	return {
		name: CONSOLE.platform,
		paceMs: 0,
		async post(conversation, message, key) {
			if (key !== undefined) return keepOnce(store, conversation, message, key);
			return (await keepMessage(store, conversation, BOT, message)).id;
		},
		async update(_conversation, reference, message) {
			const rendered = renderMessage(message);
			try {
				return await store.transaction(async (stores) => {
					const kept = await stores.messages.update(reference, rendered);
					if (kept) await stores.announce({ kind: "message", id: kept.id });
					return kept !== undefined;
				});
			} catch (error) {
				throw toAppError(error);
			}
		},
		threadOf: () => undefined,
		channelOf: (conversation) => conversation,
		defaultConversation: () => CONSOLE,
	};
}
