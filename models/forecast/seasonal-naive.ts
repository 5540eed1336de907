import { type FittedForecast, type Forecaster, pastErrors } from "./define-forecaster.ts";
import type { Grid } from "./regular-grid.ts";

/**
 * What was measured at the same time of the newest day comes again (Hyndman and Athanasopoulos, Forecasting: Principles
 * and Practice, 5.2). Needs two days.
 */
export const seasonalNaive: Forecaster = { name: "seasonal-naive", fit };

function fit({ values, filled, dayCells }: Grid): FittedForecast | undefined {
	const n = values.length;
	if (n < 2 * dayCells) return undefined;
	const errors = new Float64Array(n - dayCells);
	for (let i = dayCells; i < n; i++)
		errors[i - dayCells] = (values[i] ?? Number.NaN) - (filled[i - dayCells] ?? Number.NaN);
	const past = pastErrors(errors, n / dayCells - 1);
	return {
		at: (steps) => filled[n - dayCells + ((steps - 1) % dayCells)] ?? 0,
		errors: () => past,
	};
}
