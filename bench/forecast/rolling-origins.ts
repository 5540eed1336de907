import { type Grid, gridOf } from "../../models/forecast/regular-grid.ts";

/** A moment in a series: what was known then, and what came after it. */
export type Origin = {
	readonly history: Grid;
	readonly coming: Float64Array;
};

const MOST_DAYS = 14;
const FEWEST_DAYS = 3;

/**
 * Moments spread over a series, one drawn from each of `count` equal parts so that all times of day occur. History is
 * at most 14 days; the first moment has a week of it or half of the series, and three days where a day is asked for.
 * `farCells` follow each moment.
 */
export function rollingOrigins(
	grid: Grid,
	farCells: number,
	count: number,
	random: () => number,
): readonly Origin[] {
	const { values, dayCells, stepMs, newestMs } = grid;
	const n = values.length;
	const fewest = farCells >= dayCells ? FEWEST_DAYS * dayCells : 0;
	const first = Math.max(fewest, Math.min(7 * dayCells, n >> 1));
	const last = n - farCells;
	if (last <= first) return [];
	const part = (last - first) / count;
	return Array.from({ length: count }, (_, k) => {
		const now = Math.floor(first + (k + random()) * part);
		const history = values.slice(Math.max(0, now - MOST_DAYS * dayCells), now);
		return {
			history: gridOf(history, stepMs, newestMs - (n - now) * stepMs),
			coming: values.slice(now, now + farCells),
		};
	});
}
