import type { FittedForecast, Forecaster } from "./define-forecaster.ts";
import { type Grid, gridOf } from "./regular-grid.ts";

/**
 * Fits a model to the series moved to 0 and scaled to 1, so that bytes by the terabyte and shares of a millionth are
 * the same to it; what it gives is in the unit of the series. A series that never changes stays as it is.
 */
export function fitScaled(
	forecaster: Forecaster,
	grid: Grid,
	horizonCells: number,
): FittedForecast | undefined {
	const { values, stepMs, newestMs } = grid;
	const { middle, size } = measure(values);
	if (!(size > 0)) return stays(middle);
	const scaled = gridOf(
		values.map((value) => (value - middle) / size),
		stepMs,
		newestMs,
	);
	const fitted = forecaster.fit(scaled, horizonCells);
	if (!fitted) return undefined;
	return {
		at: (steps) => middle + size * fitted.at(steps),
		errors: (steps) => {
			const { sorted, independent } = fitted.errors(steps);
			return { sorted: sorted.map((error) => error * size), independent };
		},
	};
}

function stays(value: number): FittedForecast {
	const none = { sorted: new Float64Array(1), independent: 1 };
	return { at: () => value, errors: () => none };
}

/** The mean and the mean distance from it. */
function measure(values: Float64Array): { readonly middle: number; readonly size: number } {
	let [count, middle] = [0, 0];
	for (const value of values) {
		if (Number.isNaN(value)) continue;
		count += 1;
		middle += (value - middle) / count;
	}
	let [seen, size] = [0, 0];
	for (const value of values) {
		if (Number.isNaN(value)) continue;
		seen += 1;
		size += (Math.abs(value - middle) - size) / seen;
	}
	// The mean of equal numbers differs from them in the last digit.
	return { middle, size: size > 1e-12 * Math.abs(middle) ? size : 0 };
}
