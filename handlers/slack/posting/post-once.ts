import { z } from "zod";
import { AppError } from "../../../src/domain/errors.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import { forEdit } from "../render/sendable.ts";
import { type SlackMessage, UNFURL } from "../render/slack-message.ts";
import { toAppError } from "../to-app-error.ts";
import type { SlackClient } from "../workspace/slack-client.ts";
import type { SlackPlace } from "../workspace/slack-user.ts";
import { findPosted, messageMetadata } from "./find-posted.ts";

export type Poster = {
	readonly client: SlackClient;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly botId: () => string | undefined;
};

const Posted = z.object({ ts: z.string() });

/**
 * Posts a message and gives its timestamp. With `looksBack` one of this key that stands there already is taken, and
 * edited to be this one: it may have been drawn before the news. AppErrors as of the client; `unavailable` when it is later than `beforeMs` and nothing stands there.
 */
export async function postOnce(
	poster: Poster,
	place: SlackPlace,
	message: SlackMessage,
	once: { readonly key?: string; readonly looksBack: boolean; readonly beforeMs: number },
): Promise<string> {
	const { client, clock } = poster;
	const { key, looksBack } = once;
	const known = key !== undefined && looksBack ? await lookBack(poster, place, key) : undefined;
	if (known !== undefined) {
		await edit(client, place, known, message);
		return known;
	}
	if (clock.now() > once.beforeMs)
		throw new AppError("unavailable", "Slack answers too slowly; it is tried again.");
	const answer = await client.apiCall("chat.postMessage", {
		channel: place.channel,
		...(place.threadTs === undefined ? {} : { thread_ts: place.threadTs }),
		text: message.text,
		blocks: message.blocks,
		...UNFURL,
		...(key === undefined ? {} : { metadata: messageMetadata(key) }),
	});
	const posted = Posted.safeParse(answer);
	if (posted.success) return posted.data.ts;
	throw new AppError("unavailable", "Slack did not say where it put a message; it is tried again.");
}

/** One that is deleted meanwhile stays deleted, as with any edit. */
async function edit(client: SlackClient, { channel }: SlackPlace, ts: string, message: SlackMessage) {
	try {
		await client.chat.update({ channel, ts, ...forEdit(message) });
	} catch (thrown) {
		const error = toAppError(thrown, "chat.update");
		if (error.extra.slack !== "message_not_found") throw error;
	}
}

/** Where the channel's history may not be read, a second message is the smaller evil than none. */
async function lookBack({ client, clock, logger, botId }: Poster, place: SlackPlace, key: string) {
	const bot = botId();
	try {
		return await findPosted(client, place, key, {
			nowMs: clock.now(),
			...(bot === undefined ? {} : { botId: bot }),
		});
	} catch (thrown) {
		const error = toAppError(thrown, "conversations.history");
		if (error.extra.slack !== "missing_scope") throw error;
		logger.warn("A message could not be looked for in Slack; it is posted.", { error });
		return undefined;
	}
}
