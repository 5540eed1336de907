import { setTimeout as wait } from "node:timers/promises";
import type { Conversation } from "../../../src/domain/chat-event.ts";
import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import { AppError } from "../../../src/domain/errors.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import type { SlackMessage } from "../render/slack-message.ts";
import type { ChartFile, ChartFiles } from "./chart-files.ts";

/** What was shown, and every part of it; the first is what `act` got. */
export type Shown<Result> = { readonly result: Result; readonly parts: readonly SlackMessage[] };

type Deps = {
	readonly charts: ChartFiles;
	readonly draw: (message: ChatMessage, chart: ChartFile) => readonly SlackMessage[];
	readonly logger: Logger;
	/** How long to wait for a picture that is not ready. */
	readonly delayMs: number;
};

/** What Slack says of blocks that it does not take, whoever is wrong. */
const REFUSED_BLOCKS = ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"];

/**
 * Shows a message with its chart. Slack refuses a picture that it has not looked through yet: it gets a little time,
 * and then the message goes without it; blocks that are refused all the same go as plain text, rather than not at all.
 * What `act` throws otherwise goes on.
 */
export async function showWithChart<Result>(
	deps: Deps,
	conversation: Conversation,
	message: ChatMessage,
	act: (first: SlackMessage) => Promise<Result>,
): Promise<Shown<Result>> {
	const { charts, draw, logger, delayMs } = deps;
	const chart = await charts.of(conversation, message);
	const show = async (file: ChartFile): Promise<Shown<Result>> => {
		const parts = draw(message, file);
		return { result: await act(firstOf(parts)), parts };
	};
	for (const pauseMs of chart.fileId === undefined ? [] : [0, delayMs]) {
		if (pauseMs > 0) await wait(pauseMs);
		try {
			return await show(chart);
		} catch (error) {
			if (!isRefused(error)) throw error;
		}
	}
	if (chart.fileId !== undefined) charts.refused(chart.fileId);
	const without = chart.fileId === undefined ? chart : { problem: "Slack does not show the picture yet." };
	try {
		return await show(without);
	} catch (error) {
		if (!isRefused(error)) throw error;
		logger.error("Slack refused a message's blocks; it goes out as plain text. This is a defect.", { error });
		const parts = draw(message, without);
		return { result: await act({ text: firstOf(parts).text, blocks: [] }), parts };
	}
}

function firstOf([first]: readonly SlackMessage[]): SlackMessage {
	if (first) return first;
	throw new AppError("invalid", "There is nothing in this message to show.");
}

function isRefused(error: unknown): boolean {
	return error instanceof AppError && REFUSED_BLOCKS.includes(String(error.extra.slack));
}
