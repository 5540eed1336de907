import { type ChatMessage, chatMessage } from "../../domain/chat-message.ts";
import { AppError } from "../../domain/errors.ts";
import { timeToken } from "../../domain/time-text.ts";
import type { WatchBoard } from "../../ports/watch-board.ts";
import type { EffectiveWatch, EffectiveWatches } from "../effective-watches.ts";
import type { WatchList } from "../watch-list.ts";
import type { Command } from "./command.ts";

export type WatchesDeps = {
	readonly board: WatchBoard;
	readonly watchList: Pick<WatchList, "read">;
};

const ROWS = 10;

/** Every watch with its state, ten to a message. */
export const watches: Command<WatchesDeps> = {
	words: ["watches", "status"],
	does: "shows every watch with its state",
	reserved: false,
	forms: [
		{
			usage: "watches [page 2]",
			does: "shows every watch with its state, ten to a page",
			role: "viewer",
			pattern: /^(?:watches|status|watch|watch list)(?:\s+page\s+(\d{1,4}))?$/i,
			run: async ({ board, watchList }, { match }) =>
				watchesMessage(board, await watchList.read(), Number(match[1] ?? 1)),
		},
	],
};

/** What needs a look first: failing, with a finding, learning, muted, the rest. Pure. */
function watchesMessage(
	board: WatchBoard,
	{ items, removed, unreadable }: EffectiveWatches,
	page: number,
): ChatMessage {
	const readings = new Map(board.readings().map((reading) => [reading.watch.name, reading]));
	const known = items.filter(
		({ watch }) => readings.has(watch.name) || board.reading(watch.name) === undefined,
	);
	const states = known.map((item) => {
		const reading = readings.get(item.watch.name);
		const severity = reading?.series.find((series) => series.severity)?.severity;
		return { item, status: reading?.status, severity };
	});
	const ready = states.filter(({ status }) => status?.state === "ready").length;
	const order = ({ item, status, severity }: (typeof states)[number]) =>
		status?.state === "failed" ? 0 : severity ? 1 : status?.state !== "ready" ? 2 : item.muted ? 3 : 4;
	const pages = Math.max(1, Math.ceil(states.length / ROWS));
	if (page < 1 || page > pages)
		throw new AppError("invalid", `There is no page ${page}: the watches fill ${pages}. Write: watch page 1`);
	const rows = states
		.toSorted((a, b) => order(a) - order(b) || (a.item.watch.name < b.item.watch.name ? -1 : 1))
		.slice((page - 1) * ROWS, page * ROWS)
		.map(({ item, status, severity }) => [
			item.watch.name,
			stateText(item, status, severity),
			String(status?.seriesCount ?? 0),
			item.tuned ? `${item.watch.sensitivity}, by ${item.tuned.byName}` : item.watch.sensitivity,
		]);
	return chatMessage({
		text: [
			`${ready} of ${known.length} watches are ready.`,
			unreadable.length > 0
				? `What was changed by command about ${unreadable.join(", ")} can't be read.`
				: "",
		]
			.filter(Boolean)
			.join(" "),
		table: {
			columns: [
				{ title: "Watch", align: "left" },
				{ title: "State", align: "left" },
				{ title: "Series", align: "right" },
				{ title: "Sensitivity", align: "left" },
			],
			rows,
		},
		footer: [
			...(pages > 1 ? [pageText(page, pages)] : []),
			...removed.map(({ name, byName }) => `${name} was removed by ${byName}`).slice(0, 5),
			"What one would have reported: watch test <name> 7",
		],
	});
}

function pageText(page: number, pages: number): string {
	return `Page ${page} of ${pages}. The ${page < pages ? "next" : "first"}: watch page ${page < pages ? page + 1 : 1}`;
}

type Status = ReturnType<WatchBoard["readings"]>[number]["status"];

function stateText(
	{ muted }: EffectiveWatch,
	status: Status | undefined,
	severity: string | undefined,
): string {
	const state =
		status === undefined || status.state === "learning"
			? (status?.note ?? `learning, ${Math.round((status?.progress ?? 0) * 100)} %`)
			: status.state === "ready" && severity
				? `${severity} now`
				: status.state;
	if (!muted) return state;
	const until = muted.untilMs === undefined ? "" : ` until ${timeToken(muted.untilMs)}`;
	return `${state}; muted${until} by ${muted.byName}`;
}
