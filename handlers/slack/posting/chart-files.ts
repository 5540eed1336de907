import { createHash } from "node:crypto";
import type { Chart } from "../../../src/domain/chart.ts";
import type { Conversation } from "../../../src/domain/chat-event.ts";
import type { ChatMessage } from "../../../src/domain/chat-message.ts";
import { AppError } from "../../../src/domain/errors.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import { readConversation } from "../conversation-id.ts";
import type { SlackClient } from "../workspace/slack-client.ts";
import { uploadChart } from "./upload-chart.ts";

/** The picture of a message's chart; `problem` says for the reader why there is none. Neither: it has no chart. */
export type ChartFile = { readonly fileId?: string; readonly problem?: string };

export type ChartFiles = {
	/** The file that shows a message's chart, uploaded where no fitting one is there. Never throws. */
	of(conversation: Conversation, message: ChatMessage): Promise<ChartFile>;
	/** Slack does not take this file in a message; one that is not merely fresh is never used again. */
	refused(fileId: string): void;
};

type Kept = {
	readonly fileId: string;
	readonly drawn: string;
	readonly state: string;
	readonly atMs: number;
};

/** As long a picture stands for its subject while the subject's state is the same. */
const FRESH_MS = 60_000;
const MOST_FILES = 500;

/** Uploads charts, and no more often than a reader would notice. */
export function chartFiles(deps: {
	readonly client: SlackClient;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly renderChart: (chart: Chart, conversation: Conversation) => Promise<Uint8Array>;
}): ChartFiles {
	const { client, clock, logger, renderChart } = deps;
	const files = new Map<string, Kept>();
	const isFresh = (kept: Kept) => Math.abs(clock.now() - kept.atMs) < FRESH_MS;
	return {
		of: async (conversation, message) => {
			const { chart, subject } = message;
			if (!chart) return {};
			const { channel } = readConversation(conversation);
			const name = `${channel} ${subject?.id ?? chart.title}`;
			const state = message.state?.kind ?? "";
			const drawn = createHash("sha256").update(JSON.stringify(chart)).digest("base64");
			const kept = files.get(name);
			if (kept?.drawn === drawn) return { fileId: kept.fileId };
			if (subject && kept?.state === state && isFresh(kept)) return { fileId: kept.fileId };
			try {
				const png = await renderChart(chart, conversation);
				const fileId = await uploadChart(client, { png, title: chart.title, altText: chart.alt });
				files.delete(name);
				files.set(name, { fileId, drawn, state, atMs: clock.now() });
				for (const oldest of files.keys()) {
					if (files.size <= MOST_FILES) break;
					files.delete(oldest);
				}
				return { fileId };
			} catch (error) {
				logger.warn("A chart could not be uploaded to Slack; its message goes without.", { error });
				return { problem: error instanceof AppError ? error.message : "The chart could not be drawn." };
			}
		},
		refused: (fileId) => {
			for (const [name, kept] of files) if (kept.fileId === fileId && !isFresh(kept)) files.delete(name);
		},
	};
}
