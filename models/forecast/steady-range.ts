import type { ForecastPoint } from "../../src/domain/forecast.ts";
import type { Sample } from "../../src/domain/time-series.ts";
import { type ForecastSpan, timesAhead } from "./forecast-linear.ts";

/**
 * Continues a series as it has been: its median, with the range that held the middle `coverage` (0-1) of its values.
 * For quantities that go up and down without a season, further ahead than their newest trend tells. Samples are finite
 * and in order; none give no points. The order statistics are the outer ones, so few samples make the range wider.
 */
export function steadyRange(
	samples: readonly Sample[],
	span: ForecastSpan,
	coverage = 0.8,
): readonly ForecastPoint[] {
	const newest = samples.at(-1);
	if (!newest) return [];
	const values = Float64Array.from(samples, ({ v }) => v).toSorted();
	const outside = ((1 - coverage) / 2) * (values.length + 1);
	const from = Math.max(0, Math.floor(outside) - 1);
	const [low, v, high] = [from, values.length >> 1, values.length - 1 - from].map(
		(at) => values[at] ?? newest.v,
	);
	return timesAhead(span).map((ahead) =>
		ahead === 0
			? { t: newest.t, v: newest.v, low: newest.v, high: newest.v }
			: { t: newest.t + ahead, v: v ?? newest.v, low: low ?? newest.v, high: high ?? newest.v },
	);
}
