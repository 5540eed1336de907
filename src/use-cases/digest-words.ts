import type { Fact } from "../domain/chat-message.ts";
import { formatDuration } from "../domain/quantity.ts";
import type { WatchReading } from "../ports/watch-board.ts";
import { countText } from "./count-text.ts";
import type { Duration } from "./digest-figures.ts";
import { isStale } from "./watch-wellbeing.ts";

const NAMES_SHOWN = 3;

/** `1 incident`, `3 incidents`. */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}

/** ` and 3 others`, or nothing. */
export function othersText(count: number): string {
	return count > 0 ? ` and ${counted(count, "other")}` : "";
}

/** The period before one of so many hours, as it follows "than": `the day before`, `the 12 h before`. */
export function previousPeriod(periodHours: number): string {
	if (periodHours === 24) return "the day before";
	if (periodHours === 168) return "the week before";
	return `the ${formatDuration(periodHours * 3_600_000)} before`;
}

/** A count beside the one before: `2 fewer than the day before`, `as many as the week before`. */
export function comparedTo(count: number, before: number, period: string): string {
	if (count === before) return `as many as ${period}`;
	return count < before ? `${before - count} fewer than ${period}` : `${count - before} more than ${period}`;
}

/** A duration as a fact: its mean, and beside it the median and the mean of the period before. */
export function durationFact(
	label: string,
	duration: Duration | undefined,
	before: Duration | undefined,
	period: string,
	none: string,
): Fact {
	if (!duration) return { label, value: "not known", note: none };
	const { count, meanMs, medianMs } = duration;
	const notes = [
		count === 1 ? "of one" : `mean of ${countText(count)}`,
		...(medianMs === undefined ? [] : [`median ${formatDuration(medianMs)}`]),
		...(before ? [`${period}: ${formatDuration(before.meanMs)}`] : []),
	];
	return { label, value: formatDuration(meanMs), note: notes.join(", ") };
}

/** How many watches are checked now, and which can't be. */
export function watchesFact(watches: readonly WatchReading[], nowMs: number): Fact {
	const { checked, notes } = countWatches(watches, nowMs);
	const value = checked === watches.length ? `${checked} checked` : `${checked} of ${watches.length} checked`;
	return { label: "Watches", value, ...(notes.length > 0 ? { note: notes.join(", ") } : {}) };
}

/** The same as a sentence. */
export function watchesSentence(watches: readonly WatchReading[], nowMs: number): string {
	if (watches.length === 0) return "Nothing is watched.";
	const { checked, notes } = countWatches(watches, nowMs);
	const all = counted(watches.length, "watch", "watches");
	return `${[checked === watches.length ? `${all} checked` : `${checked} of ${all} checked`, ...notes].join(", ")}.`;
}

function countWatches(watches: readonly WatchReading[], nowMs: number) {
	const failed = watches.filter(({ status }) => status.state === "failed");
	const learning = watches.filter(({ status }) => status.state === "learning").length;
	const stale = watches.filter((reading) => isStale(reading, nowMs)).length;
	const names = failed.slice(0, NAMES_SHOWN).map(({ watch }) => watch.name);
	const more = othersText(failed.length - names.length);
	const notes = [
		...(learning > 0 ? [`${learning} still ${learning === 1 ? "learns" : "learn"}`] : []),
		...(stale > 0 ? [`${stale} not scored lately`] : []),
		...(failed.length > 0 ? [`${failed.length} failed: ${names.join(", ")}${more}`] : []),
	];
	return { checked: watches.length - failed.length - learning - stale, notes };
}
