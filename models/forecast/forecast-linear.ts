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

/**
 * The distances from now at which a forecast has points: 0, one step, two, ... to the horizon; at most 500, the steps
 * being longer where there would be more. None where the horizon is negative or not finite.
 */
export function timesAhead({ horizonMs, stepMs }: ForecastSpan): readonly number[] {
	if (!(horizonMs >= 0) || !Number.isFinite(horizonMs)) return [];
	const shortest = horizonMs / (MOST_POINTS - 1);
	const step = stepMs > shortest ? stepMs : shortest;
	if (!(step > 0)) return [0];
	return Array.from({ length: Math.floor(horizonMs / step + 1e-9) + 1 }, (_, index) => index * step);
}
