import { FIRST_MS, RANGE_FLOATS, RANGE_SLOTS, RANGES } from "./layout.ts";

/** Numbers of one range: its level, its highest score, when it was last news and when it came last (s of the series), how often (below: negative). */
const LEVEL = 0;
const PEAK = 1;
const NEWS = 2;
const LAST = 3;
const TIMES = 4;
const END = RANGES + RANGE_SLOTS * RANGE_FLOATS;

/** A range is forgotten when it has not come for so long; and so long after it was news, unless it is normal by then. */
const MEMORY_SECONDS = 4 * 3600;
const NEWS_SECONDS = 10 * 3600;
/** What came so often, over at least the time in which a level is accepted, is normal. */
const NORMAL_TIMES = 6;
/** From this part of the way between the band and a range's level on, a value is on its way there again. */
const ON_ITS_WAY = 0.1;
/** A level more than so many times as far from the band is of another kind. */
const MUCH_FURTHER = 2;
/** A level is the mean of about so many episodes. */
const EPISODES = 8;

/** No place in a row. */
export const NO_RANGE = -1;

/** What left its band: on which side (1 above, -1 below), how far beyond the `edge`, when, and how long a level takes to be accepted. */
export type Departure = {
	readonly side: number;
	readonly edge: number;
	readonly beyond: number;
	readonly atMs: number;
	readonly acceptMs: number;
};

/**
 * The place of the range that makes a departure the return of what was abnormal lately; `NO_RANGE` where there is none, or
 * where it came so often, for so long, that it is normal by now.
 */
export function returnedRange(d: Float64Array, f: Float32Array, left: Departure): number {
	const seconds = secondsAt(d, left.atMs);
	let returned = NO_RANGE;
	for (let at = RANGES; at < END; at += RANGE_FLOATS) {
		const distance = distanceOf(f, at, left, seconds);
		if (distance === 0) continue;
		if (isNormal(f, at, left, seconds)) {
			if (left.beyond > MUCH_FURTHER * distance) continue;
			f[at + LAST] = seconds;
			return NO_RANGE;
		}
		if (left.beyond >= ON_ITS_WAY * distance) returned = at;
	}
	return returned;
}

/**
 * Remembers an episode that ended before it was accepted: how far it was on average, and its highest score. `newsSeconds`: when
 * it was news, or what returned with it.
 */
export function rememberRange(
	d: Float64Array,
	f: Float32Array,
	left: Departure,
	peak: number,
	newsSeconds: number,
): void {
	const seconds = secondsAt(d, left.atMs);
	const level = left.edge + left.side * left.beyond;
	let oldest = RANGES;
	for (let at = RANGES; at < END; at += RANGE_FLOATS) {
		if (isAlike(distanceOf(f, at, left, seconds), left.beyond)) {
			const times = Math.abs(f[at + TIMES] ?? 0) + 1;
			const learned = (level - (f[at + LEVEL] ?? 0)) / Math.min(times, EPISODES);
			f[at + LEVEL] = (f[at + LEVEL] ?? 0) + learned;
			f[at + LAST] = seconds;
			f[at + TIMES] = times * left.side;
			if (newsSeconds <= (f[at + NEWS] ?? 0)) return;
			f[at + PEAK] = peak;
			f[at + NEWS] = newsSeconds;
			return;
		}
		const isFree = f[at + TIMES] === 0;
		if (f[oldest + TIMES] !== 0 && (isFree || (f[at + LAST] ?? 0) < (f[oldest + LAST] ?? 0))) oldest = at;
	}
	f[oldest + LEVEL] = level;
	f[oldest + PEAK] = peak;
	f[oldest + NEWS] = newsSeconds;
	f[oldest + LAST] = seconds;
	f[oldest + TIMES] = left.side;
}

/** Forgets what lies about as far as a level that was accepted as normal, or nearer. */
export function acceptRange(d: Float64Array, f: Float32Array, left: Departure): void {
	const seconds = secondsAt(d, left.atMs);
	for (let at = RANGES; at < END; at += RANGE_FLOATS) {
		const near = distanceOf(f, at, left, seconds) <= MUCH_FURTHER * left.beyond;
		if (near && (f[at + TIMES] ?? 0) * left.side > 0) f[at + TIMES] = 0;
	}
}

/** The level of the range at this place. */
export function levelIn(f: Float32Array, at: number): number {
	return f[at + LEVEL] ?? 0;
}

/** The highest score of the range at this place. */
export function peakIn(f: Float32Array, at: number): number {
	return f[at + PEAK] ?? 0;
}

/** When the range at this place was last abnormal. */
export function lastMsIn(d: Float64Array, f: Float32Array, at: number): number {
	return (d[FIRST_MS] ?? 0) + 1000 * (f[at + LAST] ?? 0);
}

/** When the range at this place was news, in seconds of the series. */
export function newsSecondsIn(f: Float32Array, at: number): number {
	return f[at + NEWS] ?? 0;
}

/** Whether a number is the place of a range. */
export function isRange(at: number | undefined): boolean {
	return at !== undefined && at >= RANGES && at < END && (at - RANGES) % RANGE_FLOATS === 0;
}

/** How far a range's level lies beyond the edge; 0 where the range is of the other side, in the band, empty or forgotten. */
function distanceOf(f: Float32Array, at: number, left: Departure, seconds: number): number {
	if ((f[at + TIMES] ?? 0) * left.side <= 0) return 0;
	const old = seconds - (f[at + NEWS] ?? 0) > NEWS_SECONDS && !isNormal(f, at, left, seconds);
	if (old || seconds - (f[at + LAST] ?? 0) > MEMORY_SECONDS) return 0;
	return Math.max(0, ((f[at + LEVEL] ?? 0) - left.edge) * left.side);
}

/** Whether a range came so often, for so long, that it is normal. */
function isNormal(f: Float32Array, at: number, { acceptMs }: Departure, seconds: number): boolean {
	return Math.abs(f[at + TIMES] ?? 0) >= NORMAL_TIMES && seconds - (f[at + NEWS] ?? 0) >= acceptMs / 1000;
}

function isAlike(distance: number, other: number): boolean {
	return distance > 0 && other <= MUCH_FURTHER * distance && distance <= MUCH_FURTHER * other;
}

/** An instant in seconds since the first point of the series. */
export function secondsAt(d: Float64Array, atMs: number): number {
	return (atMs - (d[FIRST_MS] ?? 0)) / 1000;
}
