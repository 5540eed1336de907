import type { ForecastPoint } from "../../src/domain/forecast.ts";
import type { Sample, Span } from "../../src/domain/time-series.ts";
import { type ForecastSpan, forecastLinear } from "./forecast-linear.ts";
import { fitLinearTrend } from "./forecast-linear-fit.ts";
import { cleanSamples } from "./regular-grid.ts";
import { patternAt, readSeason } from "./season.ts";

const MOST_POINTS = 100;

/**
 * How the usual day goes over a span, as differences from its level, in the unit of the series: empty where the history
 * is too short for a season (three days) or its days are not alike. At most 100 points.
 */
export function usualCourse(history: readonly Sample[], { startMs, endMs, stepMs }: Span): readonly Sample[] {
	const season = readSeason(history);
	if (!season?.pattern || !(endMs > startMs)) return [];
	const count = Math.min(MOST_POINTS - 1, Math.max(1, Math.ceil((endMs - startMs) / stepMs)));
	return Array.from({ length: count + 1 }, (_, i) => {
		const t = startMs + ((endMs - startMs) * i) / count;
		return { t, v: patternAt(season, t) };
	});
}

/**
 * What a series that went astray does next if nothing is done: the straight trend of its newest samples, over the usual
 * course of the day where that is known. A leak goes on leaking, and an evening that calms down every day calms down.
 * @param samples since it went astray, oldest first; no points with fewer than 8
 * @param usual from `usualCourse`, spanning samples and horizon; beyond its ends it stays as it is there
 */
export function forecastAstray(
	samples: readonly Sample[],
	span: ForecastSpan,
	usual: readonly Sample[] = [],
): readonly ForecastPoint[] {
	const course = (t: number) => valueAt(usual, t);
	const trend = fitLinearTrend(cleanSamples(samples).map(({ t, v }) => ({ t, v: v - course(t) })));
	if (!trend) return [];
	return forecastLinear(trend, span, course).filter((point) => Number.isFinite(point.high - point.low));
}

function valueAt(points: readonly Sample[], t: number): number {
	const next = points.findIndex((point) => point.t >= t);
	const to = points[next] ?? points.at(-1);
	if (!to) return 0;
	const from = points[next - 1];
	if (next < 0 || !from) return to.v;
	return from.v + ((to.v - from.v) * (t - from.t)) / (to.t - from.t);
}
