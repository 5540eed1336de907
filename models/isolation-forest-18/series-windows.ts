import { LONG } from "./features.ts";

/** Of the values of a series its last so many count for mean and deviation: a week at a step of 5 minutes. */
const REMEMBERED = 2016;
/** Values further than this from zero are taken to be this far: their squares stay finite. */
const FARTHEST = 1e150;

/** Where the numbers of a series lie; the last values follow, as a ring that `SEEN` turns. */
export const SEEN = 0;
export const LAST_MS = 1;
const MEAN = 2;
const VARIANCE = 3;
/** What was said of the newest value: the score, and the score without the rest period. */
export const SAID = 4;
export const RAW = 5;
export const REST_PEAK = 6;
export const REST_LEFT = 7;
const RING = 8;
export const NUMBERS = RING + LONG;

/** The state of a series that has seen nothing. */
export function newSeries(): Float64Array {
	const series = new Float64Array(NUMBERS);
	series[LAST_MS] = -Number.MAX_VALUE;
	return series;
}

/** Takes a finite value into the series' mean, deviation and window. */
export function learnValue(series: Float64Array, value: number, atMs: number): void {
	const near = Math.max(-FARTHEST, Math.min(FARTHEST, value));
	const seen = series[SEEN] ?? 0;
	const share = 1 / Math.min(seen + 1, REMEMBERED);
	const apart = near - (series[MEAN] ?? 0);
	series[MEAN] = (series[MEAN] ?? 0) + share * apart;
	series[VARIANCE] = (1 - share) * ((series[VARIANCE] ?? 0) + share * apart * apart);
	series[RING + (seen % LONG)] = near;
	series[SEEN] = seen + 1;
	series[LAST_MS] = atMs;
}

/** Writes the window, oldest value first, in running deviations from the running mean. */
export function writeWindow(series: Float64Array, out: Float64Array): void {
	const mean = series[MEAN] ?? 0;
	const deviation = Math.max(Math.sqrt(series[VARIANCE] ?? 0), Math.abs(mean) * 1e-9, 1e-12);
	const seen = series[SEEN] ?? 0;
	for (let i = 0; i < LONG; i += 1) out[i] = ((series[RING + ((seen + i) % LONG)] ?? 0) - mean) / deviation;
}

/** The window in the watch's unit, in order of size. */
export function sortedWindow(series: Float64Array): Float64Array {
	return series.subarray(RING, RING + Math.min(LONG, series[SEEN] ?? 0)).toSorted();
}

/** Whether saved numbers can be the state of a series. */
export function isSoundSeries(series: Float64Array): boolean {
	const seen = series[SEEN] ?? -1;
	return (
		series.every(Number.isFinite) && Number.isSafeInteger(seen) && seen >= 0 && (series[VARIANCE] ?? -1) >= 0
	);
}
