import type { WebClient } from "@slack/web-api";
import type { Logger } from "../../../src/ports/logger.ts";
import { type SlackMessage, UNFURL } from "../render/slack-message.ts";
import type { SlackPlace } from "../workspace/slack-user.ts";
import { responseAddress } from "./response-address.ts";

export type WhisperDeps = {
	readonly client: WebClient;
	readonly logger: Logger;
	/** Origins beside Slack's own that answers may be posted to. */
	readonly allowedResponseOrigins: readonly string[];
};

/** Who is to read it, and where they are. */
export type Listener = {
	readonly userId: string;
	readonly place: SlackPlace;
	readonly responseUrl?: string;
};

/** Says something that only one person sees. Throws what Slack's client throws when neither way works. */
export type Whisper = (messages: readonly SlackMessage[]) => Promise<void>;

const MAXIMUM_USES = 5;
const TIMEOUT_MS = 5000;

/**
 * Speaks to one person: by the address that came with their command or press, which Slack takes five times, and
 * otherwise as an ephemeral message.
 */
export function whisperTo(deps: WhisperDeps, listener: Listener): Whisper {
	const { client, logger, allowedResponseOrigins } = deps;
	const { userId, place, responseUrl } = listener;
	const thread = place.threadTs === undefined ? {} : { thread_ts: place.threadTs };
	const address = responseAddress(responseUrl, allowedResponseOrigins);
	let usesLeft = address === undefined ? 0 : MAXIMUM_USES;
	if (responseUrl !== undefined && address === undefined)
		logger.warn("A response address that is not Slack's was not used.", { user: userId });

	const byAddress = async (message: SlackMessage): Promise<boolean> => {
		if (address === undefined || usesLeft === 0) return false;
		usesLeft -= 1;
		try {
			const reply = await fetch(address, {
				method: "POST",
				headers: { "content-type": "application/json; charset=utf-8" },
				body: JSON.stringify({
					response_type: "ephemeral",
					replace_original: false,
					...thread,
					...message,
					...UNFURL,
				}),
				redirect: "error",
				signal: AbortSignal.timeout(TIMEOUT_MS),
			});
			const isSaid = reply.ok && !/"ok":\s*false/.test(await reply.text());
			if (!isSaid) usesLeft = 0;
			return isSaid;
		} catch (error) {
			usesLeft = 0;
			logger.debug("A response address did not answer.", { error });
			return false;
		}
	};
	return async (messages) => {
		for (const message of messages)
			if (!(await byAddress(message)))
				await client.chat.postEphemeral({ channel: place.channel, user: userId, ...thread, ...message });
	};
}
