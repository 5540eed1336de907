import { type FittedForecast, type Forecaster, type PastErrors, pastErrors } from "./define-forecaster.ts";
import { directRegression } from "./direct-regression.ts";
import { holtWinters } from "./holt-winters.ts";
import { patternTrend } from "./pattern-trend.ts";
import { quantileOf } from "./prediction-interval.ts";
import type { Grid } from "./regular-grid.ts";

const QUANTILES = 101;
const NEAR_MS = 3 * 3_600_000;

/**
 * The mean of three models that err differently (Bates and Granger 1969): the usual day and its trend, a regression for
 * each horizon, and Holt-Winters, whose share fades within hours because it is good for the next steps only. Past errors
 * are taken to be, quantile by quantile, the same mean of theirs (Vincent 1912). Needs three days.
 */
export const seasonalBlend: Forecaster = { name: "blend", fit };

function fit(grid: Grid, horizonCells: number): FittedForecast | undefined {
	const pattern = patternTrend.fit(grid, horizonCells);
	const direct = directRegression.fit(grid, horizonCells);
	const near = holtWinters.fit(grid, horizonCells);
	if (!pattern || !direct || !near) return undefined;
	// From 1 at the first step to 0 after some hours.
	const nearness = (steps: number) => Math.exp(((1 - steps) * grid.stepMs) / NEAR_MS);
	const shares = (steps: number, ofPattern: number) => {
		const nearShare = nearness(steps) / 3;
		const patternShare = ofPattern * (1 - nearShare);
		return [
			[pattern, patternShare],
			[direct, 1 - nearShare - patternShare],
			[near, nearShare],
		] as const;
	};
	return {
		at: (steps) => shares(steps, 0.5).reduce((sum, [one, share]) => sum + share * one.at(steps), 0),
		errors: (steps): PastErrors => {
			// The pattern knows little of its errors of the next steps.
			const all = shares(steps, 0.5 * (1 - nearness(steps))).map(([one, share]) => ({
				past: one.errors(steps),
				share,
			}));
			const sorted = new Float64Array(QUANTILES);
			for (let i = 0; i < QUANTILES; i++)
				for (const { past, share } of all)
					sorted[i] = (sorted[i] ?? 0) + share * quantileOf(past.sorted, i / (QUANTILES - 1));
			return pastErrors(
				sorted,
				all.reduce((sum, { past, share }) => sum + share * past.independent, 0),
			);
		},
	};
}
