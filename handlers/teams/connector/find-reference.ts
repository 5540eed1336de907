import type { Conversation } from "../../../src/domain/chat-event.ts";
import { AppError } from "../../../src/domain/errors.ts";
import type { ConversationStore, KnownConversation } from "../../../src/ports/chat-stores.ts";
import { channelIdOf, threadIdOf } from "../conversation-id.ts";
import { ConversationReference } from "./conversation-reference.ts";

/**
 * What is known of a conversation to speak there. A channel that nobody wrote in yet is reached as its neighbours are:
 * Teams itself refuses where the bot is not in its team. AppError `gone` where nothing is known.
 */
export async function findReference(
	conversations: Pick<ConversationStore, "get" | "list">,
	conversation: Conversation,
): Promise<ConversationReference> {
	const id = channelIdOf(conversation.id);
	const own = await ownReference(conversations, conversation);
	if (own) return own;
	const neighbour = isChannel(id) ? await newestChannel(conversations, conversation.platform) : undefined;
	if (neighbour) return neighbour;
	throw new AppError(
		"gone",
		"Teams has not told the bot of this conversation; add the app to the team or chat and write to it once.",
		{ detail: `no reference is stored for ${id}` },
	);
}

/** What Teams told of this conversation itself. */
export async function ownReference(
	conversations: Pick<ConversationStore, "get">,
	{ platform, id }: Conversation,
): Promise<ConversationReference | undefined> {
	return read(await conversations.get({ platform, id: channelIdOf(id) }));
}

/** Whether the id is that of a channel of a team, not of a chat. */
function isChannel(id: string): boolean {
	return threadIdOf(id, "0") !== undefined;
}

async function newestChannel(
	conversations: Pick<ConversationStore, "list">,
	platform: string,
): Promise<ConversationReference | undefined> {
	const known = (await conversations.list(platform)).toSorted((a, b) => b.seenAtMs - a.seenAtMs);
	const found = known.map(read).find((reference) => reference?.conversationType === "channel");
	if (!found) return undefined;
	const { teamId: _anotherTeam, ...reference } = found;
	return reference;
}

function read(known: KnownConversation | undefined): ConversationReference | undefined {
	return known && ConversationReference.safeParse(known.reference).data;
}
