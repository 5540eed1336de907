import { BACK, EPISODE, EPISODE_MS, HELD_HIGH, HELD_LOW, LINGER } from "./layout.ts";

/** Points that a finding lasts after its newest alarm while the value itself is in its band; and the points in the band that end it. */
const LINGER_POINTS = 12;

/** What a score says: nothing, that this value is abnormal, or that what has gone on for a while is. */
export const NO_ALARM = 0;
export const POINT_ALARM = 1;
export const LASTING_ALARM = 2;

/**
 * Whether a point belongs to something abnormal. An alarm begins an episode with the band as it was held; a point is outside
 * while it is outside of that band, on the watched side, until the values stay in it or `acceptMs` have passed. The point of
 * the alarm is outside where it left the band expected of it. A lasting alarm whose value is in the band keeps the next
 * twelve points outside; one of a single value does not.
 */
export function followEpisode(
	d: Float64Array,
	value: number,
	atMs: number,
	alarm: number,
	inBand: boolean,
	acceptMs: number,
	direction: "above" | "below" | "both",
): boolean {
	if (d[EPISODE] === 1 && atMs - (d[EPISODE_MS] ?? 0) >= acceptMs) d[EPISODE] = 0;
	const begins = d[EPISODE] !== 1;
	if (begins) {
		if (alarm === NO_ALARM) return false;
		d[EPISODE] = 1;
		d[EPISODE_MS] = atMs;
		d[BACK] = 0;
		d[LINGER] = 0;
	}
	const above = value > (d[HELD_HIGH] ?? 0) && direction !== "below";
	const below = value < (d[HELD_LOW] ?? 0) && direction !== "above";
	if (above || below) {
		d[BACK] = 0;
		d[LINGER] = 0;
		return true;
	}
	d[LINGER] = alarm === LASTING_ALARM ? LINGER_POINTS + 1 : Math.max(0, (d[LINGER] ?? 0) - 1);
	d[BACK] = alarm === NO_ALARM ? (d[BACK] ?? 0) + 1 : 0;
	if ((d[BACK] ?? 0) > LINGER_POINTS) d[EPISODE] = 0;
	return (d[LINGER] ?? 0) > 0 || (begins && !inBand);
}
