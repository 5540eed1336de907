import type { Conversation } from "../domain/chat-event.ts";
import { type ChatMessage, chatMessage } from "../domain/chat-message.ts";
import { CONSOLE, type RouteChoice, sameConversation } from "../domain/routing.ts";
import type { ChatPlatform } from "../ports/chat-platform.ts";
import type { Store } from "../ports/store.ts";

export type WithdrawDeps = { readonly store: Store; readonly platforms: readonly ChatPlatform[] };

/**
 * Takes the living message of a subject back where it stands and may not be told any more: its route became private and
 * the place is none of its channels, not the console, and no conversation with one person alone. There it is edited
 * once more, to say that it is told of elsewhere. `shown`: places that their platforms understand, also those where it
 * is still to be posted: there only that sentence is.
 * @returns every place it was taken back from, now or before: nothing more is told there. Idempotent.
 */
export async function withdrawSubject(
	{ store, platforms }: WithdrawDeps,
	subject: string,
	choices: readonly RouteChoice[],
	shown: readonly Conversation[],
): Promise<readonly Conversation[]> {
	const marker = `${subject}:withdrawn`;
	const before = await store.postings.whereShown(marker);
	const secret = choices.filter((choice) => choice.private);
	if (secret.length === 0) return before;
	const channelOf = (place: Conversation) =>
		platforms.find(({ name }) => name === place.platform)?.channelOf(place) ?? place;
	const withdrawn: Conversation[] = [];
	for (const conversation of shown) {
		const channel = channelOf(conversation);
		if (before.some((one) => sameConversation(one, conversation))) continue;
		if (mayBeTold(secret, channel) || (await isDirect(store, channel))) continue;
		// Both or none: a mark without its order would leave the message as it is for ever.
		await store.transaction(async (stores) => {
			await stores.postings.remember(marker, conversation, "withdrawn");
			await stores.deliveries.want([
				{ subject, conversation, channel: channel.id, message: farewell(subject) },
			]);
		});
		withdrawn.push(conversation);
	}
	return [...before, ...withdrawn];
}

/** Without anything of what it was about. */
function farewell(subject: string): ChatMessage {
	const what = subject.startsWith("incident:") ? "incident" : "request";
	return chatMessage({ text: `This ${what} is told of elsewhere now.` });
}

function mayBeTold(secret: readonly RouteChoice[], channel: Conversation): boolean {
	if (channel.platform === CONSOLE.platform) return true;
	return secret.some(({ channels }) => channels.some((own) => sameConversation(own, channel)));
}

/** People with a role may be told of everything alone with the bot. */
async function isDirect({ conversations }: Pick<Store, "conversations">, channel: Conversation) {
	return (await conversations.get(channel))?.kind === "direct";
}
