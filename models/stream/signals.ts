import { aggregateDeviation, aggregateNovelty } from "./aggregate.ts";
import { FAST, FILLED, LAST, MEAN, SEEN, SLOW, SUM, VARIANCE } from "./layout.ts";
import { levelNovelty } from "./level.ts";
import { learnMoments } from "./moments.ts";
import { hourKnown, learnHour, spreadAt, usualAt } from "./season.ts";
import { PER_AGGREGATE, searchNeighbours, shapeNovelty } from "./shape.ts";

/** The raw signals of one point, in deviations: places in the array that `readSignals` fills. */
export const LEVEL = 0;
export const AGGREGATE = 1;
export const SHAPE_NOVELTY = 2;
export const DRIFT = 3;
export const CHANGE = 4;
export const SEASON = 5;
/** 1 where an aggregate was completed by this point. */
export const COMPLETED = 6;
export const RAW_SIGNALS = 7;

const FAST_RATE = 0.05;
const SLOW_RATE = 0.003;

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
	out[CHANGE] = seen > 1 ? Math.abs(value - (d[LAST] ?? 0)) / deviation : 0;
	d[LAST] = value;
	if (seen === 1) {
		d[FAST] = value;
		d[SLOW] = value;
	}
	d[FAST] = (d[FAST] ?? 0) + FAST_RATE * (value - (d[FAST] ?? 0));
	d[SLOW] = (d[SLOW] ?? 0) + SLOW_RATE * (value - (d[SLOW] ?? 0));
	out[DRIFT] = ((d[FAST] ?? 0) - (d[SLOW] ?? 0)) / deviation;
	out[SEASON] = hourKnown(f, atMs, perHour * 1.5)
		? (value - usualAt(f, atMs)) / Math.max(spreadAt(f, atMs), 0.05 * deviation)
		: 0;
	learnHour(f, value, atMs, perHour, 0.02 * deviation);
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
