import type { Conversation } from "../../src/domain/chat-event.ts";
import { AppError } from "../../src/domain/errors.ts";
import type { SlackPlace } from "./workspace/slack-user.ts";

/** A channel of Slack, or a thread in it, as a conversation: `C123` or `C123:1700000000.000100`. Pure. */
export function slackConversation(channel: string, threadTs?: string): Conversation {
	return { platform: "slack", id: threadTs === undefined ? channel : `${channel}:${threadTs}` };
}

/**
 * The channel and thread that a conversation names. Pure.
 * @throws AppError `invalid` where the id is none of Slack's
 */
export function readConversation(conversation: Conversation): SlackPlace {
	const [, channel, threadTs] =
		/^([A-Z][A-Z0-9]{2,20})(?::(\d{1,12}\.\d{1,9}))?$/.exec(conversation.id) ?? [];
	if (conversation.platform !== "slack" || channel === undefined)
		throw new AppError(
			"invalid",
			"This is no Slack conversation; name a channel by its id, such as C0123456789.",
			{
				detail: `${conversation.platform}:${conversation.id}`.slice(0, 200),
			},
		);
	return threadTs === undefined ? { channel } : { channel, threadTs };
}

/** Whether a channel's id is that of a 1:1 conversation. */
export function isOneToOne(channel: string): boolean {
	return channel.startsWith("D");
}
