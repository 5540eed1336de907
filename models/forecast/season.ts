import type { Sample } from "../../src/domain/time-series.ts";
import { type DailyPattern, fitDailyPattern } from "./daily-pattern.ts";
import { fitLinearTrend, type LinearTrend } from "./forecast-linear-fit.ts";
import { type Grid, toGrid } from "./regular-grid.ts";

/** A week at 5 minutes, two at 10; more costs more than 20 ms. */
const MOST_CELLS = 2016;
const FEWEST_DAYS = 3;
const FEWEST_DAY_CELLS = 8;
const WEEKLY_DAYS = 10;
/** A pattern counts where it took away so much of what a day it had not seen varied by. */
const TAKEN_AWAY = 0.2;

/** A history that is long enough to know a season: on a grid, with the pattern of its days where they have one. */
export type Season = {
	readonly grid: Grid;
	readonly days: number;
	readonly pattern?: DailyPattern;
};

/**
 * Reads a season out of a history: undefined where it spans less than three days, has fewer than eight values a day, or
 * more gaps than values. It has a pattern where the first days foretold the others.
 */
export function readSeason(samples: readonly Sample[]): Season | undefined {
	const grid = toGrid(samples, MOST_CELLS);
	if (!grid) return undefined;
	const { values, dayCells, measured } = grid;
	const days = Math.floor(values.length / dayCells);
	if (days < FEWEST_DAYS || dayCells < FEWEST_DAY_CELLS || measured < values.length / 2) return undefined;
	return hasPattern(grid) ? { grid, days, pattern: fitDailyPattern(grid) } : { grid, days };
}

/** What the pattern adds to the level at a time. */
export function patternAt({ grid, pattern }: Season, t: number): number {
	if (!pattern) return 0;
	const { stepMs, newestMs, values, dayCells } = grid;
	const at = values.length - 1 + (t - newestMs) / stepMs;
	const cell = (i: number) => pattern.cells[((i % dayCells) + dayCells) % dayCells] ?? 0;
	const from = Math.floor(at);
	return cell(from) * (1 - (at - from)) + cell(from + 1) * (at - from);
}

/** The recent straight trend of a season beside its pattern. */
export function seasonTrend(season: Season, coverage = 0.8): LinearTrend | undefined {
	const { stepMs, newestMs, values } = season.grid;
	const left: Sample[] = [];
	for (let i = 0; i < values.length; i++) {
		const value = values[i] ?? Number.NaN;
		const t = newestMs - (values.length - 1 - i) * stepMs;
		if (!Number.isNaN(value)) left.push({ t, v: value - patternAt(season, t) });
	}
	return fitLinearTrend(left, coverage);
}

/** In words what a forecast from this season rests on. */
export function seasonBasis({ days, pattern }: Season): string {
	const length = `${days} days`;
	if (!pattern) return `course of the last ${length}, whose days are not alike`;
	return `daily ${days >= WEEKLY_DAYS ? "and weekly " : ""}pattern of ${length} and its trend`;
}

/** Whether the first days foretell how the others, a week at most, go up and down around their own levels. */
function hasPattern(grid: Grid): boolean {
	const { values, dayCells } = grid;
	const n = values.length;
	const days = Math.min(7, Math.floor(n / dayCells) - 2);
	const { cells } = fitDailyPattern(grid, n - days * dayCells);
	let [plain, beside] = [0, 0];
	for (let end = n; end > n - days * dayCells; end -= dayCells) {
		const day = Array.from({ length: dayCells }, (_, k) => end - dayCells + k).filter(
			(i) => !Number.isNaN(values[i]),
		);
		plain += spreadOf(day.map((i) => values[i] ?? 0));
		beside += spreadOf(day.map((i) => (values[i] ?? 0) - (cells[i % dayCells] ?? 0)));
	}
	return beside < (1 - TAKEN_AWAY) * plain;
}

/** The mean distance from the median. */
function spreadOf(values: number[]): number {
	values.sort((a, b) => a - b);
	const middle = values[values.length >> 1] ?? 0;
	return values.reduce((sum, value) => sum + Math.abs(value - middle) / values.length, 0);
}
