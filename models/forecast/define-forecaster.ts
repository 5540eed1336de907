import type { Grid } from "./regular-grid.ts";

/** How far forecasts of one horizon were off in the past. */
export type PastErrors = {
	/** What came minus what had been forecast, ascending. */
	readonly sorted: Float64Array;
	/** How many of them count as independent: those of overlapping forecasts are alike. */
	readonly independent: number;
};

/** A model fitted to one series: `steps` are cells of its grid beyond the newest, 1 or more. */
export type FittedForecast = {
	at(steps: number): number;
	errors(steps: number): PastErrors;
};

/** A way to forecast a series. Pure: the same grid gives the same forecast. */
export type Forecaster = {
	readonly name: string;
	/** @param horizonCells how far ahead will be asked for; undefined where the history does not suffice */
	fit(grid: Grid, horizonCells: number): FittedForecast | undefined;
};

/** Errors for a `PastErrors`: numbers only, sorted. */
export function pastErrors(errors: Float64Array, independent: number): PastErrors {
	const sorted = errors.filter((error) => Number.isFinite(error)).toSorted();
	return { sorted, independent: Math.max(1, Math.min(sorted.length, independent)) };
}
