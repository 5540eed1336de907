import {
	FAR_ERROR,
	FAR_LEVEL,
	LEVEL_CAPACITY,
	LEVELS,
	NEAR_ERROR,
	NEAR_LEVEL,
	SEASON_ERROR,
	SEEN,
	VARIANCE,
	WIDTH,
} from "./layout.ts";
import { medianDistance, medianOf } from "./young-median.ts";

/** Places in the array that `expect` fills. */
export const USUAL = 0;
export const HALF = 1;
/** The deviation of a young series; of a grown one, of its errors. */
export const SCALE = 2;
/** Half of the band around the far level: what an episode is held against where it is wider. */
export const FAR_CENTRE = 3;
export const FAR_HALF = 4;
export const EXPECTED = 5;

/** Makes the median absolute deviation comparable with a standard deviation (Rousseeuw and Croux 1993). */
export const MAD_SCALE = 1.4826;
/** Half the band of a young series in deviations; wider by 1 + 8/n while they are few. */
const YOUNG_WIDTH = 4.5;
const FEW = 8;
/** The standard deviation of normal errors whose mean is 1. */
const ERROR_TO_DEVIATION = 1.25;
const NEAR_RATE = 0.3;
const FAR_RATE = 0.01;
const ERROR_RATE = 0.01;
/** A value is learned as if no more than so many mean errors away. */
const LARGEST_STEP = 6;
/** Mean errors in half a band: where it starts and its bounds. */
const WIDTH_START = 5;
const WIDTH_LEAST = 4;
const WIDTH_MOST = 40;
/** Every value outside widens the band, every value inside narrows it: they balance at 1 in 1,000. */
const WIDEN = 0.2;
const NARROW = WIDEN / 1000;

/**
 * Where the next value is expected, before it is seen. A young series: median and spread of all its values. Later: the best of
 * a near level, a far level and the usual value of the hour, and a width that keeps 1 value in 1,000 outside
 * (after Gibbs and Candes 2021, "Adaptive conformal inference"). `season` is NaN while the hours are not known.
 */
export function expect(
	d: Float64Array,
	f: Float32Array,
	season: number,
	least: number,
	out: Float64Array,
): void {
	const seen = d[SEEN] ?? 0;
	if (seen < LEVEL_CAPACITY) {
		const usual = medianOf(f, LEVELS, seen);
		const robust = MAD_SCALE * medianDistance(f, LEVELS, seen, usual);
		// Of values that are mostly the same the robust deviation is 0: the plain one then knows better.
		const plain = Math.sqrt(d[VARIANCE] ?? 0);
		const scale = Math.max(robust > 0 ? robust : plain, least);
		out[USUAL] = usual;
		out[SCALE] = scale;
		out[HALF] = YOUNG_WIDTH * (1 + FEW / Math.max(1, seen)) * scale;
		out[FAR_CENTRE] = usual;
		out[FAR_HALF] = out[HALF] ?? 0;
		return;
	}
	const near = d[NEAR_ERROR] ?? 0;
	const far = d[FAR_ERROR] ?? 0;
	const hour = d[SEASON_ERROR] ?? 0;
	let usual = d[FAR_LEVEL] ?? 0;
	let error = far;
	// The steadier expectation wins unless the other is clearly better: a near level follows what should be reported.
	if (!Number.isNaN(season) && hour < error) {
		usual = season;
		error = hour;
	}
	if (near < 0.7 * error) {
		usual = d[NEAR_LEVEL] ?? 0;
		error = near;
	}
	out[USUAL] = usual;
	out[SCALE] = Math.max(ERROR_TO_DEVIATION * error, least);
	out[HALF] = Math.max((d[WIDTH] ?? WIDTH_START) * error, least);
	const followed = usual === d[NEAR_LEVEL];
	out[FAR_CENTRE] = followed ? (d[FAR_LEVEL] ?? 0) : usual;
	out[FAR_HALF] = followed ? WIDTH_LEAST * far : (out[HALF] ?? 0);
}

/** Learns a value into the candidates, and whether the band held it. Call after `expect` and after the value is counted. */
export function learnExpectation(
	d: Float64Array,
	value: number,
	season: number,
	expected: Float64Array,
	steady: boolean,
): void {
	const count = d[SEEN] ?? 0;
	if (count === 1) {
		d[NEAR_LEVEL] = value;
		d[FAR_LEVEL] = value;
		d[WIDTH] = WIDTH_START;
	}
	const rate = Math.max(1 / count, ERROR_RATE);
	const nearApart = value - (d[NEAR_LEVEL] ?? 0);
	const farApart = value - (d[FAR_LEVEL] ?? 0);
	const young = count < LEVEL_CAPACITY;
	d[NEAR_LEVEL] = (d[NEAR_LEVEL] ?? 0) + NEAR_RATE * nearApart;
	const farStep = young ? farApart : bounded(farApart, LARGEST_STEP * (d[FAR_ERROR] ?? 0));
	d[FAR_LEVEL] = (d[FAR_LEVEL] ?? 0) + Math.max(1 / count, FAR_RATE) * farStep;
	learnError(d, NEAR_ERROR, Math.abs(nearApart), rate, young);
	learnError(d, FAR_ERROR, Math.abs(farApart), rate, young);
	if (!Number.isNaN(season)) {
		// The first time the hours are known their error is taken to be that of the far level.
		if (d[SEASON_ERROR] === 0) d[SEASON_ERROR] = d[FAR_ERROR] ?? 0;
		learnError(d, SEASON_ERROR, Math.abs(value - season), rate, false);
	}
	if (young || !steady) return;
	const inside = Math.abs(value - (expected[USUAL] ?? 0)) <= (expected[HALF] ?? 0);
	const width = (d[WIDTH] ?? WIDTH_START) * (inside ? 1 - NARROW : 1 + WIDEN);
	d[WIDTH] = Math.max(WIDTH_LEAST, Math.min(WIDTH_MOST, width));
}

function learnError(d: Float64Array, at: number, apart: number, rate: number, young: boolean): void {
	const error = d[at] ?? 0;
	const counted = young || error === 0 ? apart : Math.min(apart, LARGEST_STEP * error);
	d[at] = error + rate * (counted - error);
}

function bounded(value: number, limit: number): number {
	return limit === 0 ? value : Math.max(-limit, Math.min(limit, value));
}
