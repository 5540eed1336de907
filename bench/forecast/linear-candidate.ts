import { type FittedForecast, type Forecaster, pastErrors } from "../../models/forecast/define-forecaster.ts";
import { fitLinearTrend, halfWidthAt, trendAt } from "../../models/forecast/forecast-linear-fit.ts";
import type { Grid } from "../../models/forecast/regular-grid.ts";
import { normalQuantile } from "../../models/forecast/student-quantile.ts";

const HISTORY_MS = 6 * 3_600_000;
const QUANTILES = 201;

/** The straight trend of the newest six hours: what is used where there is no season. Its interval is a normal one. */
export const linear: Forecaster = { name: "linear", fit };

function fit({ values, stepMs }: Grid): FittedForecast | undefined {
	const n = values.length;
	const from = Math.max(0, n - Math.round(HISTORY_MS / stepMs));
	const samples = Array.from(values.slice(from), (v, i) => ({ t: (from + i) * stepMs, v }));
	const trend = fitLinearTrend(samples);
	if (!trend) return undefined;
	const normal = Float64Array.from({ length: QUANTILES }, (_, i) => normalQuantile((i + 0.5) / QUANTILES));
	const at = (steps: number) => (n - 1 + steps) * stepMs;
	return {
		at: (steps) => trendAt(trend, at(steps)),
		errors: (steps) => {
			const deviation = halfWidthAt(trend, at(steps)) / normalQuantile(0.9);
			return pastErrors(
				normal.map((z) => z * deviation),
				QUANTILES,
			);
		},
	};
}
