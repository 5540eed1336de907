import { setTimeout as wait } from "node:timers/promises";
import type { Conversation } from "../../src/domain/chat-event.ts";
import type { ChatMessage } from "../../src/domain/chat-message.ts";
import { AppError } from "../../src/domain/errors.ts";
import type { ChartFile, ChartFiles } from "./chart-files.ts";
import type { SlackMessage } from "./slack-message.ts";

/** What was shown, and every part of it; the first is what `act` got. */
export type Shown<Result> = { readonly result: Result; readonly parts: readonly SlackMessage[] };

type Deps = {
	readonly charts: ChartFiles;
	readonly draw: (message: ChatMessage, chart: ChartFile) => readonly SlackMessage[];
	/** How long to wait for a picture that is not ready. */
	readonly delayMs: number;
};

/**
 * Shows a message with its chart. Slack refuses a picture that it has not looked through yet: it gets a little time,
 * and then the message goes without, rather than not at all. What `act` throws otherwise goes on.
 */
export async function showWithChart<Result>(
	deps: Deps,
	conversation: Conversation,
	message: ChatMessage,
	act: (first: SlackMessage) => Promise<Result>,
): Promise<Shown<Result>> {
	const { charts, draw, delayMs } = deps;
	const chart = await charts.of(conversation, message);
	const show = async (file: ChartFile): Promise<Shown<Result>> => {
		const parts = draw(message, file);
		const [first] = parts;
		if (!first) throw new AppError("invalid", "There is nothing in this message to show.");
		return { result: await act(first), parts };
	};
	if (chart.fileId === undefined) return show(chart);
	for (const pauseMs of [0, delayMs]) {
		if (pauseMs > 0) await wait(pauseMs);
		try {
			return await show(chart);
		} catch (error) {
			if (!isRefusedBlock(error)) throw error;
		}
	}
	charts.refused(chart.fileId);
	return show({ problem: "Slack does not show the picture yet." });
}

function isRefusedBlock(error: unknown): boolean {
	return error instanceof AppError && error.extra.slack === "invalid_blocks";
}
