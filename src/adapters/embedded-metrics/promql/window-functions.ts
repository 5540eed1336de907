import { extrapolatedChange } from "./extrapolated-change.ts";
import {
	averageOf,
	countOf,
	deviationOf,
	type Fold,
	lastOf,
	maximumOf,
	minimumOf,
	quantileOf,
	sumOf,
} from "./folds.ts";
import { regressionLine } from "./regression.ts";
import type { Window, WindowFunction } from "./window.ts";

/** A function over range vectors, what a sample costs it (1 for plain folds), and whether the name stays. */
export type WindowFunctionEntry = {
	readonly apply: WindowFunction;
	readonly cost: number;
	readonly keepsName: boolean;
};

const entry = (apply: WindowFunction, cost = 1, keepsName = false): WindowFunctionEntry => ({
	apply,
	cost,
	keepsName,
});

const folding = (fold: Fold, keepsName = false): WindowFunctionEntry =>
	entry(({ values, from, to }) => fold(values, from, to), 1, keepsName);

/** Every function of the list that takes a range vector. */
export const windowFunctions: ReadonlyMap<string, WindowFunctionEntry> = new Map([
	["rate", entry((window) => extrapolatedChange(window, true, true))],
	["increase", entry((window) => extrapolatedChange(window, true, false))],
	["delta", entry((window) => extrapolatedChange(window, false, false))],
	["irate", entry(instantRate)],
	["deriv", entry((window) => slope(window), 4)],
	["predict_linear", entry(prediction, 4)],
	["avg_over_time", folding(averageOf)],
	["min_over_time", folding(minimumOf)],
	["max_over_time", folding(maximumOf)],
	["sum_over_time", folding(sumOf)],
	["count_over_time", folding(countOf)],
	["last_over_time", folding(lastOf, true)],
	["stddev_over_time", folding(deviationOf)],
	["quantile_over_time", entry(({ values, from, to }, q) => quantileOf(q, values, from, to), 8)],
]);

/** Per second between the last two samples; after a reset the last value itself is the change. */
function instantRate({ times, values, from, to }: Window): number | undefined {
	if (to - from < 2) return undefined;
	const last = values[to - 1] ?? 0;
	const previous = values[to - 2] ?? 0;
	const seconds = ((times[to - 1] ?? 0) - (times[to - 2] ?? 0)) / 1000;
	return (last < previous ? last : last - previous) / seconds;
}

function slope(window: Window): number | undefined {
	if (window.to - window.from < 2) return undefined;
	// Times near the samples keep the sums small, so that little precision is lost.
	return regressionLine(window, window.times[window.from] ?? 0).slope;
}

function prediction(window: Window, seconds: number): number | undefined {
	if (window.to - window.from < 2) return undefined;
	const line = regressionLine(window, window.atMs);
	return line.slope * seconds + line.intercept;
}
