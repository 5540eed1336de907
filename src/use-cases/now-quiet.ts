import type { Incident } from "../domain/incident.ts";
import { formatDuration } from "../domain/quantity.ts";
import { sentenceCase } from "../domain/sentence-case.ts";
import { timeToken } from "../domain/time-text.ts";
import type { TroubledChannel } from "../ports/chat-stores.ts";
import type { WatchReading } from "../ports/watch-board.ts";
import { countText } from "./count-text.ts";
import { insideText } from "./now-lead.ts";
import { saidBeside, untoldWords } from "./now-untold.ts";
import { isStale, readyInSeconds } from "./watch-wellbeing.ts";

/** What the sentences of a quiet page are made from. */
export type QuietFacts = {
	readonly nowMs: number;
	readonly watches: readonly WatchReading[];
	readonly resolved: readonly Incident[];
	readonly inside: number;
	/** Watches whose newest value is outside its band, though nothing was reported. */
	readonly unreported?: number;
	readonly troubled: readonly TroubledChannel[];
};

/** The sentence and the lines of a page on which nothing is open. What is not known is said, never called quiet. */
export function quietSentence(facts: QuietFacts): { readonly sentence: string; readonly lead: string } {
	const { watches, inside, nowMs } = facts;
	const total = watches.length;
	const untold = untoldWords(facts.troubled, nowMs);
	if (total === 0)
		return {
			sentence: "Nothing is watched yet.",
			lead: [
				"Connect Prometheus, write watches in smartcloudops.yaml, then start again.",
				...saidBeside(untold),
			].join(" "),
		};
	const failed = watches.filter(({ status }) => status.state === "failed");
	const learning = watches.filter(({ status }) => status.state === "learning");
	const stale = watches.filter((reading) => isStale(reading, nowMs));
	if (failed.length > 0)
		return {
			sentence: `${watchesText(failed)} can't be scored.`,
			lead: [
				failed[0]?.status.problem ?? "The query gives no answer.",
				insideText(inside, total, facts.unreported),
				...saidBeside(untold),
			].join(" "),
		};
	if (stale.length > 0) {
		const newest = Math.max(...stale.map(({ status }) => status.lastScoredAtMs ?? 0));
		return {
			sentence: `Nothing new is known since ${timeToken(newest)}.`,
			lead: [
				`${watchesText(stale)} ${stale.length === 1 ? "has" : "have"} not been scored since.`,
				insideText(inside, total, facts.unreported),
				...saidBeside(untold),
			].join(" "),
		};
	}
	if (learning.length === total) {
		const words = learningSentence(learning);
		return { ...words, lead: [words.lead, ...saidBeside(untold)].join(" ") };
	}
	const rest =
		learning.length > 0
			? [`${watchesText(learning)} still ${learning.length === 1 ? "learns" : "learn"}.`]
			: [];
	return {
		sentence: untold?.sentence ?? "Nothing needs you.",
		lead: [
			...(untold ? [untold.lead] : []),
			insideText(inside, total, facts.unreported),
			...rest,
			...lastIncident(facts),
		].join(" "),
	};
}

function watchesText(readings: readonly WatchReading[]): string {
	if (readings.length === 1) return readings[0]?.watch.name ?? "One watch";
	return `${sentenceCase(countText(readings.length))} watches`;
}

function learningSentence(learning: readonly WatchReading[]): { sentence: string; lead: string } {
	const left = learning.map(readyInSeconds).filter((seconds) => seconds !== undefined);
	const first =
		left.length > 0
			? `The first watch can be scored in about ${formatDuration(Math.max(1, Math.min(...left)) * 1000)}.`
			: "The first samples have not come yet.";
	return {
		sentence: "Learning what normal looks like.",
		lead: `${first} Until then nothing is called abnormal.`,
	};
}

function lastIncident({ resolved, nowMs }: QuietFacts): string[] {
	const last = resolved.toSorted((a, b) => (b.resolvedAtMs ?? 0) - (a.resolvedAtMs ?? 0))[0];
	if (last?.resolvedAtMs === undefined) return [];
	const heldMs = nowMs - last.resolvedAtMs;
	const closed = last.outcome === "closed";
	const held = closed || heldMs < 60_000 ? "" : ` and has held for ${formatDuration(heldMs)}`;
	return [
		`The last incident, ${last.id} of ${last.target}, was ${closed ? "closed" : "resolved"} at ${timeToken(last.resolvedAtMs)}${held}.`,
	];
}
