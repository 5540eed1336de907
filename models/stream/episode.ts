import type { BankOptions } from "../define-bank.ts";
import {
	acceptRange,
	type Departure,
	NO_RANGE,
	newsSecondsIn,
	peakIn,
	rememberRange,
	returnedRange,
	secondsAt,
} from "./abnormal-ranges.ts";
import {
	AWAY,
	BACK,
	EPISODE,
	EPISODE_COUNT,
	EPISODE_MS,
	EPISODE_PEAK,
	EPISODE_SUM,
	FAR_LEVEL,
	FAST,
	HELD_HIGH,
	HELD_LOW,
	LINGER,
	NEAR_LEVEL,
	STEP_MS,
} from "./layout.ts";
import type { Row } from "./rows.ts";

/** Points that a finding lasts after its newest alarm while the value itself is in its band; and the points in the band that end it. */
const LINGER_POINTS = 12;
/** After so many points in the band a value is outside anew from this part of the way that values of the episode went on average. */
const ANEW_POINTS = 4;
const ANEW_PART = 0.5;

/** What a score says: nothing, that this value is abnormal, or that what has gone on for a while is. */
export const NO_ALARM = 0;
export const POINT_ALARM = 1;
export const LASTING_ALARM = 2;

/** An episode that began with what is new; else it is the place of the range whose return began it. */
const BY_NEWS = 1;

type Direction = BankOptions["direction"];

/** The episodes of a watch's series: what belongs to something abnormal, and until when. */
type Episodes = {
	/** Ends an episode that has lasted for `acceptMs`: its level is normal from now on. Call before the others. */
	accept(row: Row, value: number, atMs: number): void;
	/** Outside of an episode: the place of the range that the value returns to. */
	returned(row: Row, value: number, atMs: number): number;
	/** The highest score so far of what comes again with this value, though it is no news; 0 where nothing does. */
	peakAgain(row: Row, value: number, range: number): number;
	/**
	 * Whether a point belongs to something abnormal. An alarm begins an episode with the band as it was held; a point is
	 * outside while it is outside of that band, on the watched side, until the values stay in it or it is accepted. The point
	 * of the alarm is outside where it left the band expected of it. A lasting alarm whose value is in the band keeps the
	 * next twelve points outside; one of a single value does not. `range`: what `returned` gave.
	 */
	follow(
		row: Row,
		value: number,
		atMs: number,
		score: number,
		alarm: number,
		inBand: boolean,
		range: number,
	): boolean;
};

/** Episodes on the watched side. */
export function createEpisodes(direction: Direction, acceptMs: number): Episodes {
	const outsideOf = (d: Float64Array, value: number): number => {
		const side = heldSide(d, value);
		return (side > 0 && direction === "below") || (side < 0 && direction === "above") ? 0 : side;
	};
	const end = ({ d, f }: Row, atMs: number, tell: typeof rememberRange | typeof acceptRange): void => {
		const range = returnOf(d);
		const newsSeconds = range === NO_RANGE ? secondsAt(d, d[EPISODE_MS] ?? 0) : newsSecondsIn(f, range);
		d[EPISODE] = 0;
		d[AWAY] = 0;
		const count = f[EPISODE_COUNT] ?? 0;
		const mean = (f[EPISODE_SUM] ?? 0) / Math.max(1, count);
		const side = heldSide(d, mean);
		if (count > 0 && side !== 0)
			tell(d, f, departure(d, side, mean, atMs, acceptMs), f[EPISODE_PEAK] ?? 0, newsSeconds);
	};
	/** Whether a value is outside of the held band once values were back in it for a while: from half of the way it was on average. */
	const isAnew = ({ d, f }: Row, value: number): boolean => {
		const side = outsideOf(d, value);
		const count = f[EPISODE_COUNT] ?? 0;
		if (side === 0 || (d[BACK] ?? 0) < ANEW_POINTS) return false;
		const edge = (side > 0 ? d[HELD_HIGH] : d[HELD_LOW]) ?? 0;
		const mean = count === 0 ? edge : (f[EPISODE_SUM] ?? 0) / count;
		return (value - edge) * side >= ANEW_PART * (mean - edge) * side;
	};
	return {
		accept(row, value, atMs) {
			const { d } = row;
			if (d[EPISODE] === 0 || atMs - (d[EPISODE_MS] ?? 0) < acceptMs) return;
			end(row, atMs, acceptRange);
			d[NEAR_LEVEL] = value;
			d[FAR_LEVEL] = d[FAST] ?? 0;
		},
		returned({ d, f }, value, atMs) {
			const side = d[EPISODE] === 0 ? outsideOf(d, value) : 0;
			return side === 0 ? NO_RANGE : returnedRange(d, f, departure(d, side, value, atMs, acceptMs));
		},
		peakAgain(row, value, range) {
			if (range !== NO_RANGE) return peakIn(row.f, range);
			return row.d[EPISODE] !== 0 && isAnew(row, value) ? (row.f[EPISODE_PEAK] ?? 0) : 0;
		},
		follow(row, value, atMs, score, alarm, inBand, range) {
			const { d, f } = row;
			const begins = d[EPISODE] === 0;
			if (begins) {
				if (alarm === NO_ALARM) return false;
				d[EPISODE] = range === NO_RANGE ? BY_NEWS : range;
				d[EPISODE_MS] = atMs;
				d[BACK] = 0;
				d[LINGER] = 0;
				f.fill(0, EPISODE_SUM, EPISODE_PEAK + 1);
			}
			f[EPISODE_PEAK] = Math.max(f[EPISODE_PEAK] ?? 0, score);
			if (outsideOf(d, value) !== 0 && ((d[BACK] ?? 0) < ANEW_POINTS || alarm !== NO_ALARM)) {
				d[BACK] = 0;
				d[LINGER] = 0;
				f[EPISODE_SUM] = (f[EPISODE_SUM] ?? 0) + value;
				f[EPISODE_COUNT] = (f[EPISODE_COUNT] ?? 0) + 1;
				return true;
			}
			d[LINGER] = alarm === LASTING_ALARM ? LINGER_POINTS + 1 : Math.max(0, (d[LINGER] ?? 0) - 1);
			d[BACK] = alarm === NO_ALARM ? (d[BACK] ?? 0) + 1 : 0;
			const said = (d[LINGER] ?? 0) > 0 || (begins && !inBand);
			if ((d[BACK] ?? 0) > LINGER_POINTS) end(row, atMs - LINGER_POINTS * (d[STEP_MS] ?? 0), rememberRange);
			return said;
		},
	};
}

/** The place of the range whose return began the episode; `NO_RANGE` where there is none. */
export function returnOf(d: Float64Array): number {
	const episode = d[EPISODE] ?? 0;
	return episode > BY_NEWS ? episode : NO_RANGE;
}

/** Where a value lies beside the held band: 1 above, -1 below, 0 in it. */
export function heldSide(d: Float64Array, value: number): number {
	return value > (d[HELD_HIGH] ?? 0) ? 1 : value < (d[HELD_LOW] ?? 0) ? -1 : 0;
}

function departure(d: Float64Array, side: number, value: number, atMs: number, acceptMs: number): Departure {
	const edge = (side > 0 ? d[HELD_HIGH] : d[HELD_LOW]) ?? 0;
	return { side, edge, beyond: (value - edge) * side, atMs, acceptMs };
}
