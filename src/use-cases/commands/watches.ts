import { type ChatMessage, chatMessage } from "../../domain/chat-message.ts";
import type { WatchBoard } from "../../ports/watch-board.ts";
import type { Command } from "./command.ts";

export type WatchesDeps = { readonly board: WatchBoard };

/** Every watch with its state. */
export const watches: Command<WatchesDeps> = {
	words: ["watches", "status"],
	does: "shows every watch with its state",
	reserved: false,
	forms: [
		{
			usage: "watches",
			does: "shows every watch with its state",
			role: "viewer",
			pattern: /^(?:watches|status)$/i,
			run: async ({ board }) => watchesMessage(board),
		},
	],
};

function watchesMessage(board: WatchBoard): ChatMessage {
	const readings = board.readings();
	const ready = readings.filter((reading) => reading.status.state === "ready").length;
	const rows = readings
		.slice(0, 10)
		.map(({ watch, status }) => [
			watch.name,
			status.state === "learning" ? `learning, ${Math.round(status.progress * 100)} %` : status.state,
			String(status.seriesCount),
		]);
	const more = readings.length - rows.length;
	return chatMessage({
		text: `${ready} of ${readings.length} watches are ready.`,
		table: {
			columns: [
				{ title: "Watch", align: "left" },
				{ title: "State", align: "left" },
				{ title: "Series", align: "right" },
			],
			rows,
		},
		footer: more > 0 ? [`and ${more} ${more === 1 ? "other" : "others"}`] : [],
	});
}
