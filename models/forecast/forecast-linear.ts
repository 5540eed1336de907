import type { ForecastPoint } from "../../src/domain/forecast.ts";
import { halfWidthAt, type LinearTrend, trendAt } from "./forecast-linear-fit.ts";

const MOST_POINTS = 500;

/** Where a forecast is wanted: from its beginning to `horizonMs` beyond, every `stepMs`. */
export type ForecastSpan = { readonly horizonMs: number; readonly stepMs: number };

/**
 * Continues a straight trend from its newest sample on, with the prediction interval it was fitted for.
 * @param above what is added to the line at a time, as the usual course of a day; nothing by default
 */
export function forecastLinear(
	trend: LinearTrend,
	span: ForecastSpan,
	above: (t: number) => number = () => 0,
): readonly ForecastPoint[] {
	return timesAhead(span).map((ahead) => {
		const t = trend.newestMs + ahead;
		const v = trendAt(trend, t) + above(t);
		const half = halfWidthAt(trend, t);
		return { t, v, low: v - half, high: v + half };
	});
}

/** Ten years: nobody asks for more, and times stay times. */
const LONGEST_MS = 3650 * 86_400_000;

/**
 * The distances from now at which a forecast has points: 0, one step, two, ... to the horizon; at most 500, the steps
 * being longer where there would be more (and at least 1 ms), and not beyond ten years. None where the horizon is negative or no number.
 */
export function timesAhead({ horizonMs: wanted, stepMs }: ForecastSpan): readonly number[] {
	if (!(wanted >= 0)) return [];
	const horizonMs = Math.min(wanted, LONGEST_MS);
	const shortest = Math.max(1, horizonMs / (MOST_POINTS - 1));
	const step = Math.min(LONGEST_MS, stepMs > shortest ? stepMs : shortest);
	return Array.from({ length: Math.floor(horizonMs / step + 1e-9) + 1 }, (_, index) => index * step);
}
