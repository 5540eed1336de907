import { movingMean } from "./moving-mean.ts";
import type { Grid } from "./regular-grid.ts";

/** How many features a forecast is made of. */
export const FEATURES = 10;
const PROFILE_DAYS = 7;
const NEAR_MS = 30 * 60_000;
const HOUR_MS = 3_600_000;

/** What is known at each cell of a grid, made in one pass without looking ahead. */
export type Tracks = {
	/** Mean of the last 24 h: free of the daily season. */
	readonly level: Float64Array;
	/** Mean of the last 7 days, or of as many as there are. */
	readonly weekLevel: Float64Array;
	/** The usual value above the level at this time of day, by the days before only; and the same over half an hour. */
	readonly profile: Float64Array;
	readonly smoothProfile: Float64Array;
	/** What was above the level half an hour around. */
	readonly smooth: Float64Array;
	readonly quick: Float64Array;
	readonly slow: Float64Array;
	/** The profile after the newest day, for each time of day. */
	readonly nextProfile: Float64Array;
	readonly nextSmoothProfile: Float64Array;
	/** Cells around each one that `smooth` is made of, on either side. */
	readonly reach: number;
};

/** Follows level, profile and short means through the history; `filled` has no gaps. */
export function followTracks({ filled, dayCells, stepMs }: Grid): Tracks {
	const n = filled.length;
	const level = new Float64Array(n);
	const above = new Float64Array(n);
	const [quick, slow] = [new Float64Array(n), new Float64Array(n)];
	const quickRate = Math.min(1, 2 / (1 + Math.max(2, NEAR_MS / stepMs)));
	const slowRate = Math.min(1, 2 / (1 + Math.max(3, (4 * HOUR_MS) / stepMs)));
	const weekLevel = new Float64Array(n);
	let [sum, weekSum] = [0, 0];
	for (let i = 0; i < n; i++) {
		const value = filled[i] ?? 0;
		sum += value - (i >= dayCells ? (filled[i - dayCells] ?? 0) : 0);
		level[i] = sum / Math.min(i + 1, dayCells);
		weekSum += value - (i >= 7 * dayCells ? (filled[i - 7 * dayCells] ?? 0) : 0);
		weekLevel[i] = weekSum / Math.min(i + 1, 7 * dayCells);
		above[i] = value - (level[i] ?? 0);
		quick[i] = i === 0 ? value : (quick[i - 1] ?? 0) + quickRate * (value - (quick[i - 1] ?? 0));
		slow[i] = i === 0 ? value : (slow[i - 1] ?? 0) + slowRate * (value - (slow[i - 1] ?? 0));
	}
	const reach = Math.max(1, Math.round(NEAR_MS / 2 / stepMs));
	const smooth = movingMean(above, above.length, reach);
	const [profile, nextProfile] = followProfile(above, dayCells);
	const [smoothProfile, nextSmoothProfile] = followProfile(smooth, dayCells);
	return {
		level,
		weekLevel,
		profile,
		smoothProfile,
		smooth,
		quick,
		slow,
		nextProfile,
		nextSmoothProfile,
		reach,
	};
}

/** For each cell the median of the same time on the days before, a week at most; and what it is after the newest. */
function followProfile(above: Float64Array, dayCells: number): readonly [Float64Array, Float64Array] {
	const n = above.length;
	const profile = new Float64Array(n + dayCells);
	const seen = new Float64Array(PROFILE_DAYS);
	for (let i = 0; i < n + dayCells; i++) {
		let count = 0;
		for (let back = i - dayCells; back >= 0 && count < PROFILE_DAYS; back -= dayCells) {
			if (back >= n) continue;
			const value = above[back] ?? 0;
			let at = count - 1;
			for (; at >= 0 && (seen[at] ?? 0) > value; at--) seen[at + 1] = seen[at] ?? 0;
			seen[at + 1] = value;
			count += 1;
		}
		const middle = count >> 1;
		profile[i] =
			count % 2 === 1
				? (seen[middle] ?? 0)
				: count > 0
					? ((seen[middle - 1] ?? 0) + (seen[middle] ?? 0)) / 2
					: 0;
	}
	const next = new Float64Array(dayCells);
	for (let i = n; i < n + dayCells; i++) next[i % dayCells] = profile[i] ?? 0;
	return [profile.subarray(0, n), next];
}

/**
 * Writes what is known at the cell `origin` about the cell `origin + ahead`, as differences from the level there, into
 * `row` at `at`. Beyond one day the day that is known last stands for its successors.
 */
export function writeFeatures(
	grid: Grid,
	tracks: Tracks,
	origin: number,
	ahead: number,
	row: Float64Array,
	at: number,
): void {
	const { filled, dayCells } = grid;
	const n = filled.length;
	const target = origin + ahead;
	// What lies around a cell is known only after it, so the last half of that span belongs to the day before.
	const day = dayCells * Math.ceil((ahead + tracks.reach) / dayCells);
	const level = tracks.level[origin] ?? 0;
	// A profile is that of the day before the target, or older where that day is not known yet.
	const known = target - day + dayCells;
	const slot = target % dayCells;
	const past = known < n;
	row[at] = past ? (tracks.profile[known] ?? 0) : (tracks.nextProfile[slot] ?? 0);
	row[at + 1] = past ? (tracks.smoothProfile[known] ?? 0) : (tracks.nextSmoothProfile[slot] ?? 0);
	row[at + 2] = tracks.smooth[target - day] ?? 0;
	const week = target - 7 * dayCells;
	row[at + 3] =
		week - ahead >= 0 && week < n
			? (tracks.smooth[week] ?? 0) + (tracks.level[week] ?? 0) - (tracks.level[week - ahead] ?? 0)
			: (row[at + 1] ?? 0);
	row[at + 4] = (filled[origin] ?? 0) - level;
	row[at + 5] = (tracks.quick[origin] ?? 0) - level;
	row[at + 6] = (tracks.slow[origin] ?? 0) - level;
	row[at + 7] = tracks.smoothProfile[origin] ?? 0;
	row[at + 9] = (tracks.weekLevel[origin] ?? 0) - level;
	row[at + 8] = level - (tracks.level[Math.max(0, origin - dayCells)] ?? 0);
}
