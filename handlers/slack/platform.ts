import { setTimeout as wait } from "node:timers/promises";
import type { Chart } from "../../src/domain/chart.ts";
import type { Conversation } from "../../src/domain/chat-event.ts";
import type { ChatMessage } from "../../src/domain/chat-message.ts";
import type { ChatPlatform } from "../../src/ports/chat-platform.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Logger } from "../../src/ports/logger.ts";
import { readConversation, slackConversation } from "./conversation-id.ts";
import { chartFiles } from "./posting/chart-files.ts";
import { doubtfulKeys } from "./posting/doubtful-keys.ts";
import { postOnce } from "./posting/post-once.ts";
import { showWithChart } from "./posting/show-with-chart.ts";
import { renderMessage } from "./render/render-message.ts";
import { forEdit, sendable } from "./render/sendable.ts";
import type { SlackMessage } from "./render/slack-message.ts";
import { toAppError } from "./to-app-error.ts";
import type { SlackClient } from "./workspace/slack-client.ts";

export type SlackPlatformOptions = {
	readonly client: SlackClient;
	readonly clock: Clock;
	readonly logger: Logger;
	/** IANA zone of times that Slack does not put into the reader's own. */
	readonly timeZone: string;
	/** The console's public address, for links. */
	readonly consoleUrl?: string;
	/** Our bot's id where it is known, by which our own messages are told from others'. */
	readonly botId?: () => string | undefined;
	/** A chart as PNG, as it is to look in this conversation. */
	readonly renderChart: (chart: Chart, conversation: Conversation) => Promise<Uint8Array>;
	readonly defaultConversation?: Conversation;
	/** How long a fresh picture that Slack refuses is waited for; 1,500 unless told. */
	readonly pictureDelayMs?: number;
	/** The pause between the parts of a long message; 1,000 unless told. */
	readonly partPauseMs?: number;
};

/** Slack takes about one message a second in a channel. */
const PACE_MS = 1_000;
const PICTURE_DELAY_MS = 1_500;
/** Nothing is posted so long after a post began: by then somebody else may have taken it over. */
const LONGEST_POST_MS = 45_000;

/**
 * Slack as a chat platform. What is too long for one message goes on in its thread; an edit changes the first alone. A
 * post with a key whose earlier try may have gone through is looked for before it is made.
 */
export function slackPlatform(options: SlackPlatformOptions): ChatPlatform {
	const { client, clock, logger, timeZone, consoleUrl, defaultConversation } = options;
	const charts = chartFiles(options);
	const doubts = doubtfulKeys(clock);
	const poster = { client, clock, logger, botId: () => options.botId?.() };

	const draw = (message: ChatMessage, chart: { readonly fileId?: string; readonly problem?: string }) =>
		renderMessage(message, {
			nowMs: clock.now(),
			timeZone,
			...(consoleUrl === undefined ? {} : { consoleUrl }),
			...(chart.fileId === undefined ? {} : { chartFileId: chart.fileId }),
			...(chart.problem === undefined ? {} : { chartsUnavailable: chart.problem }),
		}).map((part) => sendable(part, logger));

	const show = <Result>(
		conversation: Conversation,
		message: ChatMessage,
		act: (first: SlackMessage) => Promise<Result>,
	) =>
		showWithChart(
			{ charts, draw, logger, delayMs: options.pictureDelayMs ?? PICTURE_DELAY_MS },
			conversation,
			message,
			act,
		);

	return {
		name: "slack",
		paceMs: PACE_MS,
		async post(conversation, message, key, mayStand = false) {
			const place = readConversation(conversation);
			const doubtful = key !== undefined && (mayStand || doubts.has(conversation.id, key));
			const once = { looksBack: doubtful, beforeMs: clock.now() + LONGEST_POST_MS };
			let begun = false;
			try {
				const { result, parts } = await show(conversation, message, (first) =>
					postOnce(poster, place, first, { ...once, ...(key === undefined ? {} : { key }) }),
				);
				begun = true;
				const thread = { channel: place.channel, threadTs: place.threadTs ?? result };
				for (const [index, part] of parts.slice(1).entries()) {
					const partKey = key === undefined ? {} : { key: `${key}#${index + 2}` };
					await wait(options.partPauseMs ?? PACE_MS);
					await postOnce(poster, thread, part, { ...once, ...partKey });
				}
				if (key !== undefined) doubts.settle(conversation.id, key);
				return result;
			} catch (thrown) {
				const error = toAppError(thrown, "chat.postMessage");
				const isDoubtful = begun || error.code === "unavailable" || error.code === "internal";
				if (key !== undefined && isDoubtful) doubts.add(conversation.id, key);
				throw error;
			}
		},
		async update(conversation, reference, message) {
			const { channel } = readConversation(conversation);
			try {
				await show(conversation, message, (first) =>
					client.chat.update({ channel, ts: reference, ...forEdit(first) }),
				);
				return true;
			} catch (thrown) {
				const error = toAppError(thrown, "chat.update");
				if (error.extra.slack === "message_not_found") return false;
				throw error;
			}
		},
		threadOf: (conversation, reference) => {
			const { channel, threadTs } = readConversation(conversation);
			return slackConversation(channel, threadTs ?? reference);
		},
		channelOf: (conversation) => slackConversation(readConversation(conversation).channel),
		defaultConversation: () => defaultConversation,
	};
}
