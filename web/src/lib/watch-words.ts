import type { BacktestView, Sensitivity, WatchView } from "../api/types.generated.ts";
import { countWords } from "./count-words.ts";
import { formatSpan, formatWhen } from "./format-time.ts";
import type { Look } from "./message-states.ts";
import { SEVERITY_WORDS } from "./message-states.ts";
import { isOutsideBand } from "./order-watches.ts";

/** The knob's steps, from fewest findings to most. */
export const LEVELS = ["low", "normal", "high"] as const satisfies readonly Sensitivity[];

export const LEVEL_WORDS: Readonly<Record<Sensitivity, string>> = {
	low: "Low",
	normal: "Normal",
	high: "High",
};

/** Which watches need a look, as the sentence of their page. */
export function watchesSentence(watches: readonly WatchView[]): string {
	const failed = watches.filter(({ state }) => state === "failed").length;
	const abnormal = watches.filter(({ severity }) => severity !== undefined).length;
	if (watches.length === 0) return "Nothing is watched.";
	if (abnormal > 0) return `${countWords(abnormal, "watch is", "watches are")} abnormal.`;
	if (failed > 0) return `${countWords(failed, "watch gets", "watches get")} no data.`;
	return "Nothing is abnormal.";
}

/** The counts behind the sentence. */
export function watchesLead(watches: readonly WatchView[]): string {
	const count = (test: (watch: WatchView) => boolean, words: string) => {
		const found = watches.filter(test).length;
		return found > 0 ? [`${found} ${words}`] : [];
	};
	return [
		`${watches.length} ${watches.length === 1 ? "watch" : "watches"}`,
		...count(({ state }) => state === "learning", "learning"),
		...count(({ state }) => state === "failed", "without data"),
		...count(({ muted }) => muted !== undefined, "muted"),
		...count(({ tuned }) => tuned !== undefined, "tuned"),
	].join(", ");
}

/** The state of a watch as shape, word and colour. */
export function watchLook(watch: Pick<WatchView, "state" | "severity" | "progress" | "spark">): Look {
	if (watch.state === "failed") return { icon: "off", tone: "mute", word: "No data" };
	if (watch.state === "learning")
		return { icon: "learning", tone: "mute", word: `Learning, ${Math.floor(watch.progress * 100)} %` };
	if (watch.severity)
		return { icon: watch.severity, tone: watch.severity, word: `${SEVERITY_WORDS[watch.severity]} now` };
	if (isOutsideBand(watch))
		return { icon: "normal", tone: "mute", word: "Outside its band, not reported yet" };
	return { icon: "normal", tone: "mute", word: "Inside its band" };
}

/** `Muted until 14:00 by operator-1`. */
export function mutedWords({ by, until }: NonNullable<WatchView["muted"]>, nowMs: number): string {
	const end = until === undefined ? "" : ` until ${formatWhen(Date.parse(until), nowMs)}`;
	return `Muted${end} by ${by}`;
}

/** What another step of the knob would have done, beside that which counts now. */
export function turningWords(backtest: BacktestView, wanted: Sensitivity, now: Sensitivity): string {
	const [then, instead] = [backtest.outcomes[now].count, backtest.outcomes[wanted].count];
	const span = formatSpan(Date.parse(backtest.to) - Date.parse(backtest.from));
	const said = `${instead} ${instead === 1 ? "finding" : "findings"} in ${span}`;
	if (wanted === now) return `This is in force: it would have reported ${said}.`;
	if (instead === then) return `${LEVEL_WORDS[wanted]} would have reported as much: ${said}.`;
	const by = Math.abs(instead - then);
	return `${LEVEL_WORDS[wanted]} would have reported ${by} ${instead > then ? "more" : "fewer"}: ${said}.`;
}

/** That turning the knob changes nothing here, and why where that is known; undefined where it changes something. */
export function idleKnobWords({ outcomes, knob }: BacktestView): string | undefined {
	const same = LEVELS.every((level) => outcomes[level].count === outcomes.normal.count);
	return same && knob !== "" ? knob : undefined;
}

/** Milliseconds from now until a full hour of the reader's clock comes next. */
export function untilHour(hour: number, nowMs: number): number {
	const next = new Date(nowMs);
	next.setHours(hour, 0, 0, 0);
	if (next.getTime() <= nowMs) next.setDate(next.getDate() + 1);
	return next.getTime() - nowMs;
}
