import { movingMean } from "./moving-mean.ts";
import type { Grid } from "./regular-grid.ts";

const SMOOTH_MS = 3_600_000;

/**
 * How the days of a week differ from the usual day: what was left a week before, smoothed over two hours, times the
 * share of it that came again in the newest week (0-1). Nothing with less than two weeks.
 * @param left what pattern and trend leave, without gaps; of it the first `until` cells count
 * @returns what to add `steps` cells after the newest; from -2 (two before it) on
 */
export function weekdayCourse(
	left: Float64Array,
	{ dayCells, stepMs }: Pick<Grid, "dayCells" | "stepMs">,
	until: number,
): (steps: number) => number {
	const week = 7 * dayCells;
	if (until < 2 * week) return () => 0;
	const smooth = movingMean(left, until, Math.max(1, Math.round(SMOOTH_MS / stepMs)));
	let [together, alone] = [0, 0];
	for (let i = until - week; i < until; i++) {
		const before = smooth[i - week] ?? 0;
		together += (smooth[i] ?? 0) * before;
		alone += before * before;
	}
	const share = alone > 0 ? Math.min(1, Math.max(0, together / alone)) : 0;
	return (steps) =>
		share * (smooth[until - week - 1 + (steps > week ? ((steps - 1) % week) + 1 : steps)] ?? 0);
}
