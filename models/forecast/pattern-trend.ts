import { type DailyPattern, fitDailyPattern } from "./daily-pattern.ts";
import { type FittedForecast, type Forecaster, type PastErrors, pastErrors } from "./define-forecaster.ts";
import { fitLinearTrend, type LinearTrend, trendAt } from "./forecast-linear-fit.ts";
import { anchorsUpTo, nearestAnchor } from "./horizon-anchors.ts";
import type { Grid } from "./regular-grid.ts";
import { weekdayCourse } from "./weekday-course.ts";

const MOST_ORIGINS = 6;
const STRETCHES = 64;
const FADE_MS = 3 * 3_600_000;

/**
 * The usual day and a straight trend: a robust daily pattern (newer days count more), the recent Theil-Sen line through
 * what is left, what is special about the weekday, and the newest distance from all that, which fades within hours. Errors are those of the same model at
 * earlier times. Needs three days.
 */
export const patternTrend: Forecaster = { name: "pattern-trend", fit };

function fit(grid: Grid, horizonCells: number): FittedForecast | undefined {
	const { values, dayCells } = grid;
	const n = values.length;
	if (n < 3 * dayCells) return undefined;
	// Few origins give few errors of one step: those of the first hour stand together.
	const most = Math.min(horizonCells, dayCells);
	const anchors = anchorsUpTo(most, 2).filter((anchor) => anchor === most || anchor >= dayCells / 24);
	const errors = anchors.map(() => [] as number[]);
	const origins = Math.min(MOST_ORIGINS, Math.floor(n / dayCells) - 2);
	for (let turn = 1; turn <= origins; turn++) {
		const until = n - Math.round((turn * (n - 2 * dayCells)) / (origins + 1));
		const earlier = forecastFrom(grid, until);
		for (let ahead = 1; ahead <= Math.min(dayCells, n - until); ahead++)
			errors[nearestAnchor(anchors, ahead)]?.push((values[until - 1 + ahead] ?? Number.NaN) - earlier(ahead));
	}
	const past = errors.map((list) => pastErrors(Float64Array.from(list), origins));
	return {
		at: forecastFrom(grid, n),
		errors: (steps): PastErrors => past[nearestAnchor(anchors, steps)] ?? pastErrors(new Float64Array(0), 1),
	};
}

/** The forecast from the first `until` cells on. */
function forecastFrom(grid: Grid, until: number): (steps: number) => number {
	const { filled, dayCells, stepMs } = grid;
	const pattern = fitDailyPattern(grid, until);
	const trend = trendBeside(grid, pattern, until);
	const course = (i: number) => trendAt(trend, i) + (pattern.cells[i % dayCells] ?? 0);
	const left = new Float64Array(until);
	for (let i = 0; i < until; i++) left[i] = (filled[i] ?? 0) - course(i);
	const weekday = weekdayCourse(left, grid, until);
	const distance = medianOfThree(
		(left[until - 1] ?? 0) - weekday(0),
		(left[until - 2] ?? 0) - weekday(-1),
		(left[until - 3] ?? 0) - weekday(-2),
	);
	return (steps) =>
		course(until - 1 + steps) + weekday(steps) + distance * Math.exp((-steps * stepMs) / FADE_MS);
}

const FLAT: LinearTrend = {
	originMs: 0,
	level: 0,
	slopePerMs: 0,
	slopeHalfWidth: 0,
	valueHalfWidth: 0,
	sinceMs: 0,
	newestMs: 0,
};

/** The line through what the pattern leaves, by cells; through the means of equally long stretches, for speed. */
function trendBeside({ values, dayCells }: Grid, { cells }: DailyPattern, until: number): LinearTrend {
	const stretch = Math.max(1, Math.ceil(until / STRETCHES));
	const left = new Float64Array(stretch);
	const samples = [];
	for (let end = until; end > 0; end -= stretch) {
		let count = 0;
		for (let i = Math.max(0, end - stretch); i < end; i++) {
			const value = values[i] ?? Number.NaN;
			if (Number.isNaN(value)) continue;
			left[count] = value - (cells[i % dayCells] ?? 0);
			count += 1;
		}
		if (count > 0) {
			const sorted = left.subarray(0, count).toSorted();
			samples.unshift({ t: end - (stretch + 1) / 2, v: sorted[count >> 1] ?? 0 });
		}
	}
	return fitLinearTrend(samples) ?? { ...FLAT, level: samples.at(-1)?.v ?? 0 };
}

function medianOfThree(a: number, b: number, c: number): number {
	return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
