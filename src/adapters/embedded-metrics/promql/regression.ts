import { addTo } from "./folds.ts";
import type { Window } from "./window.ts";

/** A straight line: `slope` per second and its value at the instant asked for. */
export type Line = { readonly slope: number; readonly intercept: number };

/**
 * Least squares over the samples of a window, times counted in seconds from `originMs`. Follows Prometheus 3
 * (linearRegression in promql/functions.go), with its shortcut for constant values.
 */
export function regressionLine({ times, values, from, to }: Window, originMs: number): Line {
	const first = values[from] ?? 0;
	if (isConstant(values, from, to))
		return Number.isFinite(first)
			? { slope: 0, intercept: first }
			: { slope: Number.NaN, intercept: Number.NaN };
	const x = { sum: 0, compensation: 0 };
	const y = { sum: 0, compensation: 0 };
	const xy = { sum: 0, compensation: 0 };
	const xx = { sum: 0, compensation: 0 };
	for (let index = from; index < to; index += 1) {
		const seconds = ((times[index] ?? 0) - originMs) / 1000;
		const value = values[index] ?? 0;
		addTo(x, seconds);
		addTo(y, value);
		addTo(xy, seconds * value);
		addTo(xx, seconds * seconds);
	}
	const count = to - from;
	const sumX = x.sum + x.compensation;
	const sumY = y.sum + y.compensation;
	const covariance = xy.sum + xy.compensation - (sumX * sumY) / count;
	const variance = xx.sum + xx.compensation - (sumX * sumX) / count;
	const slope = covariance / variance;
	return { slope, intercept: sumY / count - (slope * sumX) / count };
}

/** NaN differs from everything, itself included, so a window of NaN is not constant. */
function isConstant(values: Float64Array, from: number, to: number): boolean {
	const first = values[from];
	for (let index = from + 1; index < to; index += 1) if (values[index] !== first) return false;
	return true;
}
