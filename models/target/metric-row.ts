import { pushTail, TAIL_FLOATS } from "./log-tail.ts";

/** A change is looked at over so many points, and against the same time on other days. */
const LAGS = [1, 3, 6, 12] as const;
const LONGEST = 12;
/** The calibrated changes of a point: one for each lag, then the one against this time on other days. */
export const DAY = LAGS.length;
export const CHANGES = DAY + 1;
const DAY_MS = 86_400_000;
/** Times of the day that are told apart, at most. */
const TIMES = 288;
/** How much the newest day counts among the days before. */
const DAY_SHARE = 0.6;
/** Values further than this from the first one are taken to be this far. */
const FARTHEST = 1e30;

const RING = 0;
const SEEN = RING + LONGEST;
const ANCHOR = SEEN + 1;
const TIME = ANCHOR + 1;
const TIME_SUM = TIME + 1;
const TIME_COUNT = TIME_SUM + 1;
/** Running means of what the metric adds to the score: by its changes, by the time of day, by itself. */
export const BY_CHANGE = TIME_COUNT + 1;
export const BY_DAY = BY_CHANGE + 1;
export const BY_STREAM = BY_DAY + 1;
const DOUBLES = BY_STREAM + 1;

const TAILS = TIMES;
const FLOATS = TAILS + CHANGES * TAIL_FLOATS;

/** The state of one metric of a target, about 2.4 KB. */
export type MetricRow = { readonly doubles: Float64Array; readonly floats: Float32Array };

/** A metric of which nothing was seen. */
export function newMetric(): MetricRow {
	const row = { doubles: new Float64Array(DOUBLES), floats: new Float32Array(FLOATS) };
	row.doubles.fill(Number.NaN, RING, RING + LONGEST);
	row.doubles[TIME] = -1;
	row.floats.fill(Number.NaN, 0, TAILS);
	return row;
}

/**
 * Writes how rare each of the metric's changes is, -log10 of its tail, to `changes` (0 where nothing can be said), and
 * the plain changes over one and over six points to `steps` (NaN where there are none). Learns the value.
 */
export function pushMetric(
	{ doubles, floats }: MetricRow,
	value: number,
	atMs: number,
	stepMs: number,
	changes: Float64Array,
	steps: Float64Array,
): void {
	const seen = doubles[SEEN] ?? 0;
	const here = seen % LONGEST;
	doubles[SEEN] = seen + 1;
	changes.fill(0);
	steps.fill(Number.NaN);
	if (!Number.isFinite(value)) {
		doubles[RING + here] = Number.NaN;
		return;
	}
	if (doubles[TIME] === -1) doubles[ANCHOR] = value;
	const near = Math.max(-FARTHEST, Math.min(FARTHEST, value - (doubles[ANCHOR] ?? 0)));
	for (const [i, lag] of LAGS.entries()) {
		const change = near - (doubles[RING + ((seen - lag + LONGEST) % LONGEST)] ?? Number.NaN);
		if (seen < lag || Number.isNaN(change)) continue;
		if (lag === 1) steps[0] = change;
		if (lag === 6) steps[1] = change;
		changes[i] = pushTail(floats, TAILS + i * TAIL_FLOATS, Math.abs(change));
	}
	doubles[RING + here] = near;
	const time = turnTo(doubles, floats, atMs, stepMs);
	const apart = Math.abs(near - (floats[time] ?? Number.NaN));
	if (!Number.isNaN(apart)) changes[DAY] = pushTail(floats, TAILS + DAY * TAIL_FLOATS, apart);
	doubles[TIME_SUM] = (doubles[TIME_SUM] ?? 0) + near;
	doubles[TIME_COUNT] = (doubles[TIME_COUNT] ?? 0) + 1;
}

/** The time of day it is; when one is over, what it was like is kept for tomorrow. */
function turnTo(doubles: Float64Array, floats: Float32Array, atMs: number, stepMs: number): number {
	const wide = Math.max(stepMs, DAY_MS / TIMES);
	const time = Math.floor((((atMs % DAY_MS) + DAY_MS) % DAY_MS) / wide);
	const before = doubles[TIME] ?? -1;
	if (before === time) return time;
	const count = doubles[TIME_COUNT] ?? 0;
	if (before >= 0 && count > 0) {
		const mean = (doubles[TIME_SUM] ?? 0) / count;
		const usual = floats[before] ?? Number.NaN;
		floats[before] = Number.isNaN(usual) ? mean : usual + DAY_SHARE * (mean - usual);
	}
	doubles[TIME] = time;
	doubles[TIME_SUM] = 0;
	doubles[TIME_COUNT] = 0;
	return time;
}

/** Whether saved numbers can be the state of a metric. */
export function isSoundMetric({ doubles, floats }: MetricRow): boolean {
	const time = doubles[TIME] ?? -2;
	return (
		doubles.subarray(SEEN).every(Number.isFinite) &&
		(doubles[SEEN] ?? -1) >= 0 &&
		Number.isSafeInteger(doubles[SEEN]) &&
		Number.isInteger(time) &&
		time >= -1 &&
		time < TIMES &&
		floats.subarray(TAILS).every(Number.isFinite)
	);
}
