import type { Actor } from "../../domain/actor.ts";
import { type ChatMessage, chatMessage } from "../../domain/chat-message.ts";
import { timeToken } from "../../domain/time-text.ts";
import type { HiddenTargets } from "../../domain/visibility.ts";
import type { WatchBoard } from "../../ports/watch-board.ts";
import { backtestMessage } from "../backtest-message.ts";
import type { Backtest } from "../backtest-result.ts";
import type { BacktestInput } from "../backtest-watch.ts";
import {
	addWatch,
	type ChangeWatchDeps,
	muteWatch,
	removeWatch,
	resetWatch,
	tuneWatch,
	unmuteWatch,
} from "../change-watch.ts";
import { SENSITIVITIES } from "../effective-watches.ts";
import { mistypedTarget } from "../mistyped-target.ts";
import { readNewWatch, readUntil } from "../read-new-watch.ts";
import type { WatchList } from "../watch-list.ts";
import { WATCH_USAGE, watchMistake } from "../watch-mistake.ts";
import type { Command, Spot } from "./command.ts";

export type WatchDeps = ChangeWatchDeps & {
	readonly watchList: WatchList;
	/** What the watches see: whose series there are. */
	readonly board: Pick<WatchBoard, "readings">;
	/** The environment of watches that name none. */
	readonly environment: string;
	/** As the use case, over the watch of that name. AppErrors: `not_found`, and those of the use case. */
	backtest(
		input: { readonly watch: string } & Pick<BacktestInput, "days" | "sensitivity" | "timeZone">,
	): Promise<Backtest>;
	/** Targets that may not be named to this person where others read along. */
	hiddenTargets(actor: Actor, audience: Spot["audience"]): Promise<HiddenTargets | undefined>;
};

const NAME = "([a-z0-9][a-z0-9-]{0,62})";
const DEFAULT_DAYS = 7;

/** Trying, adding, muting and tuning watches. */
export const watch: Command<WatchDeps> = {
	words: ["watch"],
	does: "tries, adds, mutes and tunes a watch",
	reserved: true,
	mistake: watchMistake,
	forms: [
		{
			usage: WATCH_USAGE.test,
			does: "shows what a watch would have reported over the last days (7), as chart and table",
			role: "viewer",
			pattern: new RegExp(
				`^watch\\s+test\\s+${NAME}(?:\\s+(\\d{1,3})(?:\\s*d(?:ays?)?)?)?(?:\\s+(low|normal|high))?$`,
				"i",
			),
			run: async (deps, { actor, match, spot, timeZone }) => {
				const [, name = "", days, knob] = match;
				const sensitivity = SENSITIVITIES.find((one) => one === knob?.toLowerCase());
				const result = await deps.backtest({
					watch: name.toLowerCase(),
					days: days === undefined ? DEFAULT_DAYS : Number(days),
					sensitivity,
					timeZone,
				});
				return backtestMessage(result, await deps.hiddenTargets(actor, spot.audience));
			},
		},
		{
			usage: WATCH_USAGE.tune,
			does: "turns the knob: high reports more, low less",
			role: "operator",
			pattern: new RegExp(`^watch\\s+tune\\s+${NAME}\\s+(low|normal|high)(?:\\s+([\\s\\S]+))?$`, "i"),
			run: async (deps, { actor, match }) => {
				const [, written = "", knob = "", reason] = match;
				const name = written.toLowerCase();
				const sensitivity = SENSITIVITIES.find((one) => one === knob.toLowerCase()) ?? "normal";
				await tuneWatch(deps, actor, { name, sensitivity, reason });
				return done(
					`The sensitivity of ${name} is ${sensitivity}. What it would have done: watch test ${name}.`,
				);
			},
		},
		{
			usage: WATCH_USAGE.mute,
			does: "lets it be scored and report nothing (1 h); over 8 h with a reason",
			role: "operator",
			pattern: new RegExp(`^watch\\s+mute\\s+${NAME}(?:\\s+([\\s\\S]+))?$`, "i"),
			run: async (deps, { actor, match, timeZone }) => {
				const [, written = "", rest = ""] = match;
				const name = written.toLowerCase();
				const { untilMs, reason } = readUntil(rest, await deps.store.now(), timeZone);
				await muteWatch(deps, actor, { name, untilMs, reason });
				return done(
					`${name} is muted until ${timeToken(untilMs)}: it is scored and reports nothing. To end that: watch unmute ${name}.`,
				);
			},
		},
		{
			usage: WATCH_USAGE.unmute,
			does: "ends a mute",
			role: "operator",
			pattern: new RegExp(`^watch\\s+unmute\\s+${NAME}$`, "i"),
			run: async (deps, { actor, match }) => {
				const name = (match[1] ?? "").toLowerCase();
				await unmuteWatch(deps, actor, name);
				return done(`${name} reports again.`);
			},
		},
		{
			usage: WATCH_USAGE.add,
			does: "makes a watch, once its query was tried",
			role: "admin",
			pattern: /^watch\s+add\s+(\S{1,70})\s+([\s\S]+)$/i,
			run: async (deps, { actor, match, spot }) => {
				const { watch: input, taken } = readNewWatch(match[1] ?? "", match[2] ?? "", deps.environment);
				const { target } = input;
				const doubt =
					"name" in target ? mistypedTarget(target.name, await knownNames(deps, actor, spot)) : "";
				const tried = await addWatch(deps, actor, input);
				return done(
					[
						`${input.name} is watched: ${tried}.`,
						doubt,
						taken,
						`It learns before it reports. What it would have reported: watch test ${input.name}.`,
					]
						.filter(Boolean)
						.join(" "),
				);
			},
		},
		{
			usage: WATCH_USAGE.remove,
			does: "takes a watch away, also one of the configuration",
			role: "admin",
			pattern: new RegExp(`^watch\\s+remove\\s+${NAME}$`, "i"),
			run: async (deps, { actor, match }) => {
				const name = (match[1] ?? "").toLowerCase();
				const isOfFile = deps.watchList.file.some((one) => one.name === name);
				await removeWatch(deps, actor, name);
				return done(`${name} is removed.${isOfFile ? ` "watch reset ${name}" brings it back.` : ""}`);
			},
		},
		{
			usage: WATCH_USAGE.reset,
			does: "lets the configuration count again for a watch",
			role: "admin",
			pattern: new RegExp(`^watch\\s+reset\\s+${NAME}$`, "i"),
			run: async (deps, { actor, match }) => {
				const name = (match[1] ?? "").toLowerCase();
				await resetWatch(deps, actor, name);
				return done(`For ${name} the configuration counts again.`);
			},
		},
	],
};

/** What targets and watches are called that may be named here. */
async function knownNames(deps: WatchDeps, actor: Actor, { audience }: Spot): Promise<readonly string[]> {
	const watches = (await deps.watchList.read()).items.map((item) => item.watch);
	const names = [
		...watches.flatMap(({ target }) => ("name" in target ? [target.name] : [])),
		...deps.board.readings().flatMap(({ series }) => series.map(({ target }) => target)),
		...watches.map(({ name }) => name),
	];
	const hidden = await deps.hiddenTargets(actor, audience);
	return [...new Set(names)].filter((name) => !hidden?.has(name));
}

function done(sentence: string): ChatMessage {
	return chatMessage({ text: `${sentence} In force everywhere within 5 seconds.` });
}
