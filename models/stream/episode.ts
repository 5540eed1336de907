import { BACK, EPISODE, EPISODE_MS, HELD_HIGH, HELD_LOW, LINGER } from "./layout.ts";

/** Points that a finding lasts after its newest alarm while the value itself is in its band; and the points in the band that end it. */
const LINGER_POINTS = 12;

/**
 * Whether a point belongs to something abnormal. An alarm begins an episode with the band as it was; a point is outside
 * while it is outside of that band, on the watched side, until the values stay in it or `acceptMs` have passed.
 * An alarm whose value is in the band (its shape or its drift is abnormal) keeps the next twelve points outside.
 */
export function followEpisode(
	d: Float64Array,
	value: number,
	atMs: number,
	alarm: boolean,
	low: number,
	high: number,
	acceptMs: number,
	direction: "above" | "below" | "both",
): boolean {
	if (d[EPISODE] === 1 && atMs - (d[EPISODE_MS] ?? 0) >= acceptMs) d[EPISODE] = 0;
	if (d[EPISODE] !== 1) {
		if (!alarm) return false;
		d[EPISODE] = 1;
		d[EPISODE_MS] = atMs;
		d[HELD_LOW] = low;
		d[HELD_HIGH] = high;
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
	d[LINGER] = alarm ? LINGER_POINTS + 1 : Math.max(0, (d[LINGER] ?? 0) - 1);
	d[BACK] = alarm ? 0 : (d[BACK] ?? 0) + 1;
	if ((d[BACK] ?? 0) > LINGER_POINTS) d[EPISODE] = 0;
	return (d[LINGER] ?? 0) > 0;
}
