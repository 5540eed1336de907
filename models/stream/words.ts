import { formatNumber, formatQuantity, type Unit } from "../../src/domain/quantity.ts";
import type { Reason } from "../define-bank.ts";
import { NO_RANGE } from "./abnormal-ranges.ts";
import { returnOf } from "./episode.ts";
import {
	AGGREGATE_CAPACITY,
	AGGREGATE_HIGHEST,
	AGGREGATE_LEVELS,
	AGGREGATE_LOWEST,
	AGGREGATE_SIZE,
	AGGREGATES,
	ANCHOR,
	FAST,
	HIGHEST,
	LAST,
	LAST_CHANGE,
	LAST_MS,
	LEVEL_SIZE,
	LEVELS,
	LOWEST,
	PARTS,
	RING,
	RING_START,
	RUN,
	SAID_HIGH,
	SAID_LOW,
	SAID_OUTSIDE,
	SLOW,
	USUAL_CHANGE,
	USUAL_DRIFT,
} from "./layout.ts";
import { returnText } from "./return-text.ts";
import type { Row } from "./rows.ts";
import { rangeAt } from "./season.ts";
import { placeIn } from "./sketch.ts";
import { seenText, shapesText } from "./span-text.ts";
import { usualBefore } from "./usual-size.ts";
import {
	AGGREGATE_PART,
	BAND_PART,
	CHANGE_PART,
	DRIFT_PART,
	LEVEL_PART,
	SEASON_LASTING_PART,
	SEASON_PART,
	SHAPE_PART,
	SHAPE_RECORD_PART,
	STUCK_PART,
	THRESHOLD,
} from "./weights.ts";

type Words = {
	readonly signal: string;
	readonly parts: readonly number[];
	readonly say: (row: Row, unit: Unit) => string;
};

/** A signal that carries less of the score than this is not worth a word. */
const WORTH = 0.05;
/** Below this it is not "times the usual". */
const NOTABLE = 1.5;

const WORDS: readonly Words[] = [
	{ signal: "level", parts: [LEVEL_PART], say: levelText },
	{ signal: "aggregate", parts: [AGGREGATE_PART], say: aggregateText },
	{ signal: "shape", parts: [SHAPE_PART, SHAPE_RECORD_PART], say: shapesText },
	{ signal: "drift", parts: [DRIFT_PART], say: driftText },
	{ signal: "change", parts: [CHANGE_PART], say: changeText },
	{ signal: "season", parts: [SEASON_PART, SEASON_LASTING_PART], say: seasonText },
	{ signal: "stuck", parts: [STUCK_PART], say: stuckText },
	{ signal: "band", parts: [BAND_PART], say: bandText },
];

/** What carried the newest score, strongest first, in words that hold for the state as it is; values are in `unit`. */
export function reasonsOf(row: Row, unit: Unit): readonly Reason[] {
	const strength = (parts: readonly number[]) =>
		parts.reduce((sum, part) => sum + (row.f[PARTS + part] ?? 0), 0);
	const news = WORDS.reduce((sum, { parts }) => sum + strength(parts), 0);
	const range = row.d[SAID_OUTSIDE] === 1 ? returnOf(row.d) : NO_RANGE;
	// What came back is no news: what news lack to the threshold is its share.
	const returned = range === NO_RANGE ? 0 : Math.max(0, THRESHOLD - news);
	const all = news + returned;
	if (!(all > 0)) return [];
	const reasons = WORDS.map(({ signal, parts, say }) => ({ signal, share: strength(parts) / all, say }));
	return [...reasons, { signal: "return", share: returned / all, say: () => returnText(row, range) }]
		.filter(({ share }) => share >= WORTH)
		.toSorted((a, b) => b.share - a.share)
		.map(({ signal, share, say }) => ({ signal, share, text: say(row, unit) }));
}

function valueText(d: Float64Array, fromAnchor: number, unit: Unit): string {
	return formatQuantity((d[ANCHOR] ?? 0) + fromAnchor, unit);
}

function levelText({ d, f }: Row, unit: Unit): string {
	const value = d[LAST] ?? 0;
	if (value === d[HIGHEST]) return `highest in ${seenText(d)}`;
	if (value === d[LOWEST]) return `lowest in ${seenText(d)}`;
	return betweenText(d, f, LEVELS, d[LEVEL_SIZE] ?? 0, value, valueText(d, value, unit), unit);
}

function aggregateText({ d, f }: Row, unit: Unit): string {
	const mean = f[RING_START + (((d[AGGREGATES] ?? 1) - 1) % RING)] ?? 0;
	const text = `the mean of the last 12 values, ${valueText(d, mean, unit)},`;
	if (mean === Math.fround(d[AGGREGATE_HIGHEST] ?? 0)) return `${text} is the highest in ${seenText(d)}`;
	if (mean === Math.fround(d[AGGREGATE_LOWEST] ?? 0)) return `${text} is the lowest in ${seenText(d)}`;
	const size = Math.min(AGGREGATE_CAPACITY, d[AGGREGATE_SIZE] ?? 0);
	return betweenText(d, f, AGGREGATE_LEVELS, size, mean, text, unit);
}

/** The nearest known values on both sides; both were seen, and the value lies between them. */
function betweenText(
	d: Float64Array,
	f: Float32Array,
	start: number,
	size: number,
	value: number,
	subject: string,
	unit: Unit,
): string {
	const rounded = Math.fround(value);
	const place = placeIn(f, start, size, rounded);
	const above = place + (f[start + place] === rounded && place < size ? 1 : 0);
	const low = f[start + place - 1] ?? 0;
	const high = f[start + above] ?? 0;
	if (place === 0 || above >= size) return `${subject} is at the edge of what was seen in ${seenText(d)}`;
	return `${subject} is between the values seen before, about ${valueText(d, low, unit)} and ${valueText(d, high, unit)}`;
}

function driftText({ d }: Row, unit: Unit): string {
	const gap = (d[FAST] ?? 0) - (d[SLOW] ?? 0);
	const times = Math.abs(gap) / usualBefore(d, USUAL_DRIFT, Math.abs(gap));
	const value = d[LAST] ?? 0;
	const goesOn = gap > 0 ? value > (d[FAST] ?? 0) : value < (d[FAST] ?? 0);
	// A line that stands still does not rise, whatever its averages still do.
	if (goesOn && d[RUN] === 0 && Number.isFinite(times) && times >= NOTABLE)
		return `${gap > 0 ? "rising" : "falling"} ${formatNumber(times)} times faster than usual`;
	return `${valueText(d, d[FAST] ?? 0, unit)} lately, where the longer average is ${valueText(d, d[SLOW] ?? 0, unit)}`;
}

function changeText({ d }: Row, unit: Unit): string {
	const change = d[LAST_CHANGE] ?? 0;
	const usual = usualBefore(d, USUAL_CHANGE, Math.abs(change));
	const kind = change > 0 ? "a rise" : "a fall";
	return `${kind} of ${formatQuantity(Math.abs(change), unit)} in one step, where about ${formatQuantity(usual, unit)} is usual`;
}

function seasonText({ d, f }: Row, unit: Unit): string {
	const value = d[LAST] ?? 0;
	const { low, high } = rangeAt(f, d[LAST_MS] ?? 0);
	if (value >= low && value <= high) return "for several values off what is usual at this hour";
	return `${valueText(d, value, unit)} where ${valueText(d, low, unit)} to ${valueText(d, high, unit)} is usual at this hour`;
}

function stuckText({ d }: Row, unit: Unit): string {
	const times = (d[RUN] ?? 0) + 1;
	return `${valueText(d, d[LAST] ?? 0, unit)} for ${formatNumber(times)} values in a row, where values hardly ever repeat`;
}

/** The band itself stands beside the words, where they are shown. */
function bandText({ d }: Row): string {
	const value = d[LAST] ?? 0;
	if (value > (d[SAID_HIGH] ?? 0)) return "above the range that is usual so far";
	if (value < (d[SAID_LOW] ?? 0)) return "below the range that is usual so far";
	return "away from its usual value";
}
