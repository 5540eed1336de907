import type { Audience, Conversation } from "../../../src/domain/chat-event.ts";
import type { KnownConversation } from "../../../src/ports/chat-stores.ts";
import type { ConversationReference } from "../connector/conversation-reference.ts";
import { channelIdOf, threadIdOf } from "../conversation-id.ts";
import { tenantOf } from "../verify/check-sender.ts";
import type { Activity } from "./read-activity.ts";

/** The name of the platform in conversations, identities and the inbox. */
export const TEAMS = "teams";

/** Where an activity happened: the conversation to answer in, and who reads along. */
export type Place = { readonly conversation: Conversation; readonly audience: Audience };

/** A private or shared channel is read by its own members only; a chat is never more than private. */
function audienceOf({ conversation, channelData }: Activity): Audience["kind"] {
	if (conversation.conversationType === "personal") return "direct";
	if (conversation.conversationType !== "channel") return "private";
	const { type = "standard" } = channelData?.channel ?? {};
	return type.toLowerCase() === "standard" ? "public" : "private";
}

/** The place of an activity. A message that opens a thread of a channel is answered in that thread. Pure. */
export function parsePlace(activity: Activity): Place {
	const { conversation, id } = activity;
	const isMessage = activity.type === "message" && id !== undefined;
	const thread =
		conversation.conversationType === "channel" && isMessage ? threadIdOf(conversation.id, id) : undefined;
	return {
		conversation: { platform: TEAMS, id: thread ?? conversation.id },
		audience: {
			kind: audienceOf(activity),
			channel: { platform: TEAMS, id: channelIdOf(conversation.id) },
		},
	};
}

/** What is kept of the conversation, to speak there unasked. Pure. */
export function knownConversation(activity: Activity, botId: string): Omit<KnownConversation, "seenAtMs"> {
	const { conversation, channelData, serviceUrl } = activity;
	const { audience } = parsePlace(activity);
	const name = channelData?.channel?.name ?? conversation.name;
	const type = conversation.conversationType;
	const reference: ConversationReference = {
		serviceUrl,
		tenantId: tenantOf(activity) ?? "",
		botId,
		...(channelData?.team ? { teamId: channelData.team.id } : {}),
		conversationType: type === "personal" || type === "channel" ? type : "groupChat",
	};
	return { conversation: audience.channel, ...(name ? { name } : {}), kind: audience.kind, reference };
}
