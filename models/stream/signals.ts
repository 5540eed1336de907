import { aggregateDeviation, aggregateNovelty } from "./aggregate.ts";
import { lastingDistance, learnSeasonShare, seasonShare } from "./explained.ts";
import { trustScale } from "./first-scale.ts";
import {
	FAST,
	FILLED,
	LAST,
	LAST_CHANGE,
	MEAN,
	SEEN,
	SLOW,
	SUM,
	USUAL_CHANGE,
	USUAL_DRIFT,
	VARIANCE,
} from "./layout.ts";
import { levelNovelty } from "./level.ts";
import { learnMoments, TRUSTED } from "./moments.ts";
import { hourKnown, learnHour, outsideHours, spreadAt, usualAt, usualOfDay } from "./season.ts";
import { PER_AGGREGATE, searchNeighbours, shapeNovelty } from "./shape.ts";
import { stuckFor } from "./stuck.ts";
import { learnUsual } from "./usual-size.ts";

/** The raw signals of one point, in deviations: places in the array that `readSignals` fills. */
export const LEVEL = 0;
export const AGGREGATE = 1;
export const SHAPE_NOVELTY = 2;
export const DRIFT = 3;
export const CHANGE = 4;
export const SEASON = 5;
export const SEASON_LASTING = 6;
export const STUCK = 7;
/** How much of the series its season explains, 0-1. */
export const SEASON_SHARE = 8;
/** 1 where an aggregate was completed by this point. */
export const COMPLETED = 9;
export const RAW_SIGNALS = 10;

const FAST_RATE = 0.05;
const SLOW_RATE = 0.003;
/** An hour of the day is known from its second visit on. */
export const VISITS = 1.5;
/** The smallest spread of an hour, in deviations of the series: a season may be exact, a measurement is not. */
const LEAST_SPREAD = 0.05;
const LEAST_LEARNED_SPREAD = 0.02;

/** Reads the raw signals of a value (relative to the anchor) and learns it. `d` and `f` are the row's own views. */
export function readSignals(
	d: Float64Array,
	f: Float32Array,
	value: number,
	atMs: number,
	perHour: number,
	least: number,
	out: Float64Array,
): void {
	const seen = (d[SEEN] ?? 0) + 1;
	d[SEEN] = seen;
	learnMoments(d, MEAN, VARIANCE, seen, value);
	const deviation = Math.max(Math.sqrt(d[VARIANCE] ?? 0), least);
	out[LEVEL] = levelNovelty(d, f, value, deviation);
	if (seen === TRUSTED) trustScale(d, f, seen);
	d[LAST_CHANGE] = seen > 1 ? value - (d[LAST] ?? 0) : 0;
	out[CHANGE] = Math.abs(d[LAST_CHANGE] ?? 0) / deviation;
	out[STUCK] = stuckFor(d, value);
	d[LAST] = value;
	if (seen === 1) {
		d[FAST] = value;
		d[SLOW] = value;
	}
	d[FAST] = (d[FAST] ?? 0) + FAST_RATE * (value - (d[FAST] ?? 0));
	d[SLOW] = (d[SLOW] ?? 0) + SLOW_RATE * (value - (d[SLOW] ?? 0));
	out[DRIFT] = ((d[FAST] ?? 0) - (d[SLOW] ?? 0)) / deviation;
	learnUsual(d, USUAL_CHANGE, Math.abs(d[LAST_CHANGE] ?? 0), seen);
	learnUsual(d, USUAL_DRIFT, Math.abs((d[FAST] ?? 0) - (d[SLOW] ?? 0)), seen);
	readSeason(d, f, value, atMs, perHour, deviation, out);
	searchNeighbours(d, f, d[FILLED] ?? 0);
	d[SUM] = (d[SUM] ?? 0) + value;
	d[FILLED] = (d[FILLED] ?? 0) + 1;
	out[COMPLETED] = 0;
	if ((d[FILLED] ?? 0) < PER_AGGREGATE) return;
	const mean = (d[SUM] ?? 0) / PER_AGGREGATE;
	d[SUM] = 0;
	d[FILLED] = 0;
	out[COMPLETED] = 1;
	out[SHAPE_NOVELTY] = shapeNovelty(d, f, mean, 1);
	out[AGGREGATE] = aggregateNovelty(d, f, mean, least);
	out[SHAPE_NOVELTY] = (out[SHAPE_NOVELTY] ?? 0) / aggregateDeviation(d, least);
}

function readSeason(
	d: Float64Array,
	f: Float32Array,
	value: number,
	atMs: number,
	perHour: number,
	deviation: number,
	out: Float64Array,
): void {
	out[SEASON] = 0;
	out[SEASON_LASTING] = 0;
	out[SEASON_SHARE] = 0;
	if (hourKnown(f, atMs, perHour * VISITS)) {
		const apart = value - usualAt(f, atMs);
		out[SEASON] = outsideHours(f, value, atMs) / Math.max(spreadAt(f, atMs), LEAST_SPREAD * deviation);
		learnSeasonShare(d, apart, value - usualOfDay(f), perHour);
		out[SEASON_SHARE] = seasonShare(d);
		out[SEASON_LASTING] = lastingDistance(d, out[SEASON] ?? 0);
	}
	learnHour(f, value, atMs, perHour, LEAST_LEARNED_SPREAD * deviation);
}
