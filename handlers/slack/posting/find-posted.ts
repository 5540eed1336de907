import { z } from "zod";
import type { SlackClient } from "../workspace/slack-client.ts";
import type { SlackPlace } from "../workspace/slack-user.ts";

/** The type of the metadata that our messages carry. */
const MESSAGE_EVENT = "smartcloudops_message";

/** What a message carries so that it is found again by its key. */
export function messageMetadata(key: string) {
	return { event_type: MESSAGE_EVENT, event_payload: { key } };
}

const Page = z.object({
	messages: z
		.array(
			z.object({
				ts: z.string(),
				bot_id: z.string().optional(),
				metadata: z
					.object({ event_type: z.string(), event_payload: z.object({ key: z.string().optional() }) })
					.optional()
					.catch(undefined),
			}),
		)
		.default([]),
	response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

const PAGE_MESSAGES = 200;
const MOST_PAGES = 5;
const LOOK_BACK_SECONDS = 24 * 3600;

/**
 * The timestamp of the message with this key among the newest of a channel or thread, undefined where there is none. Only
 * messages of `botId` count, where that is known: any app may write any metadata. Looks back over 24 hours and 1,000
 * messages. AppErrors as of the client.
 */
export async function findPosted(
	client: SlackClient,
	place: SlackPlace,
	key: string,
	options: { readonly nowMs: number; readonly botId?: string },
): Promise<string | undefined> {
	const { nowMs, botId } = options;
	const common = {
		channel: place.channel,
		limit: PAGE_MESSAGES,
		include_all_metadata: true,
		oldest: String(Math.max(0, Math.floor(nowMs / 1000) - LOOK_BACK_SECONDS)),
	};
	let cursor: string | undefined;
	for (let page = 0; page < MOST_PAGES; page += 1) {
		const next = cursor === undefined ? common : { ...common, cursor };
		const answer =
			place.threadTs === undefined
				? await client.conversations.history(next)
				: await client.conversations.replies({ ...next, ts: place.threadTs });
		const { messages, response_metadata } = Page.parse(answer);
		const found = messages.find(
			({ metadata, bot_id }) =>
				metadata?.event_type === MESSAGE_EVENT &&
				metadata.event_payload.key === key &&
				(botId === undefined || bot_id === botId),
		);
		if (found) return found.ts;
		cursor = response_metadata?.next_cursor;
		if (cursor === undefined || cursor === "") return undefined;
	}
	return undefined;
}
