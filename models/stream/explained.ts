import { DAY_DISTANCE, HOUR_DISTANCE, LASTING, SEASON_SEEN } from "./layout.ts";
import { MEMORY_DAYS } from "./season.ts";

/** Points that must have been compared with the season before it is believed. */
const NEEDED = 50;
/** A distance is learned as if no more than so many mean distances. */
const LARGEST = 4;
const LASTING_RATE = 0.2;
/** A value counts as no more than so many spreads from the usual of its hour. */
const FARTHEST = 10;

/**
 * How much of the series its daily season explains, 0-1: 1 less the mean distance from the hour's usual value as a part of that
 * from the day's. Slow and clipped, so that what is abnormal now does not silence the season.
 */
export function seasonShare(d: Float64Array): number {
	const day = d[DAY_DISTANCE] ?? 0;
	if ((d[SEASON_SEEN] ?? 0) <= NEEDED || day === 0) return 0;
	return Math.max(0, 1 - (d[HOUR_DISTANCE] ?? 0) / day);
}

/** Learns how far a value is from the usual of its hour and of the day. */
export function learnSeasonShare(d: Float64Array, fromHour: number, fromDay: number, perHour: number): void {
	const seen = (d[SEASON_SEEN] ?? 0) + 1;
	d[SEASON_SEEN] = seen;
	const rate = 1 / Math.min(seen, Math.ceil(MEMORY_DAYS * 24 * perHour));
	learnDistance(d, HOUR_DISTANCE, Math.abs(fromHour), rate, seen);
	learnDistance(d, DAY_DISTANCE, Math.abs(fromDay), rate, seen);
}

function learnDistance(d: Float64Array, at: number, distance: number, rate: number, seen: number): void {
	const mean = d[at] ?? 0;
	const counted = seen > NEEDED ? Math.min(distance, LARGEST * mean) : distance;
	d[at] = mean + rate * (counted - mean);
}

/** How far, in spreads beyond the usual one, the last five or so values were from the usual of their hour; learns one. */
export function lastingDistance(d: Float64Array, spreads: number): number {
	const before = (d[SEASON_SEEN] ?? 0) <= 1 ? 1 : (d[LASTING] ?? 1);
	const lasting = before + LASTING_RATE * (Math.min(FARTHEST, Math.abs(spreads)) - before);
	d[LASTING] = lasting;
	return Math.max(0, lasting - 1);
}
