import { type FittedForecast, type Forecaster, pastErrors } from "./define-forecaster.ts";
import type { Grid } from "./regular-grid.ts";

/** The newest value stays as it is (the random walk, which every other model has to beat). Needs two values. */
export const lastValue: Forecaster = { name: "last-value", fit };

function fit({ values, filled }: Grid): FittedForecast | undefined {
	const n = values.length;
	if (n < 2) return undefined;
	const known = new Map<number, ReturnType<typeof pastErrors>>();
	const errorsAt = (steps: number) => {
		const errors = new Float64Array(n - steps);
		for (let i = steps; i < n; i++)
			errors[i - steps] = (values[i] ?? Number.NaN) - (filled[i - steps] ?? Number.NaN);
		return pastErrors(errors, n / steps - 1);
	};
	return {
		at: () => filled[n - 1] ?? 0,
		errors: (steps) => {
			// One set for each doubling of the horizon is exact enough, and cheap.
			const near = Math.min(2 ** Math.round(Math.log2(steps)), Math.max(1, n >> 1));
			const found = known.get(near) ?? errorsAt(near);
			known.set(near, found);
			return found;
		},
	};
}
