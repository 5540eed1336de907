import type { ForecastPoint } from "../../src/domain/forecast.ts";
import { formatDuration } from "../../src/domain/quantity.ts";
import type { Sample } from "../../src/domain/time-series.ts";
import { fitLinearTrend, halfWidthAt, type LinearTrend, trendAt } from "./forecast-linear-fit.ts";

/** When a series reaches a limit: with its 80 % range, or why it does not, or why nobody can tell. */
export type TimeToReach =
	| { readonly atMs: number; readonly earliestMs: number; readonly latestMs: number }
	| { readonly never: string }
	| { readonly notKnown: string };

/** A slope counts as one from 2.3 standard errors on (1.8 half widths of 80 %): one flat series in a hundred passes. */
const SURE = 1.8;

/** `minimumHistoryMs`: less history than this says nothing. `reach`: how many times its history a trend may be drawn on. */
export type TimeToReachOptions = {
	readonly direction?: "above" | "below";
	readonly minimumHistoryMs?: number;
	readonly reach?: number;
};

/**
 * Continues the recent straight trend of a series, with an 80 % prediction interval.
 * @param samples one series, oldest first, any unit; values that are not finite are ignored
 * @param options `horizonMs` > 0: how far beyond the newest sample; `stepMs` > 0; at most 500 points come back
 * @returns points from the newest sample on, in the unit of the series; empty with fewer than 8 finite samples
 */
export function forecastLinear(
	samples: readonly Sample[],
	options: { readonly horizonMs: number; readonly stepMs: number },
): readonly ForecastPoint[] {
	const trend = fitLinearTrend(samples);
	if (!trend) return [];
	const stepMs = Math.max(options.stepMs, options.horizonMs / 499);
	const points: ForecastPoint[] = [];
	for (let ahead = 0; ahead <= options.horizonMs; ahead += stepMs) {
		const t = trend.newestMs + ahead;
		const v = trendAt(trend, t);
		const half = halfWidthAt(trend, t);
		points.push({ t, v, low: v - half, high: v + half });
	}
	return points;
}

/**
 * When the trend of a series reaches `limit` (same unit). `earliestMs` and `latestMs` are where the edges of the 80 %
 * interval cross it. A slope that could as well be none is "never"; a crossing too far from the history is "not known".
 */
export function timeToReach(
	samples: readonly Sample[],
	limit: number,
	options: TimeToReachOptions = {},
): TimeToReach {
	const { direction = "above", minimumHistoryMs = 5 * 60_000, reach = 48 } = options;
	const finite = samples.filter((sample) => Number.isFinite(sample.v));
	const [oldest, newest] = [finite[0], finite.at(-1)];
	if (!oldest || !newest) return { notKnown: "there are no samples" };
	const sign = direction === "above" ? 1 : -1;
	if (sign * (newest.v - limit) >= 0) return { atMs: newest.t, earliestMs: newest.t, latestMs: newest.t };
	const historyMs = newest.t - oldest.t;
	const trend = historyMs < minimumHistoryMs ? undefined : fitLinearTrend(finite);
	if (!trend) return { notKnown: `only ${formatDuration(historyMs)} of history` };
	const slope = sign * trend.slopePerMs;
	if (slope - SURE * trend.slopeHalfWidth <= 0) {
		const way = direction === "above" ? "rising" : "falling";
		const opposite = direction === "above" ? "falling" : "rising";
		return { never: slope + trend.slopeHalfWidth < 0 ? `it is ${opposite}` : `it is not ${way}` };
	}
	const untilMs = trend.newestMs + historyMs * reach;
	const atMs = Math.max(trend.newestMs, trend.originMs + (sign * (limit - trend.level)) / slope);
	if (atMs > untilMs) {
		const far = `not within ${formatDuration(historyMs * reach)} at the present pace`;
		return { notKnown: `${far}, and ${formatDuration(historyMs)} of history can't tell further` };
	}
	return {
		atMs,
		earliestMs: crossing(trend, limit, sign, 1, trend.newestMs, atMs),
		latestMs: crossing(trend, limit, sign, -1, atMs, untilMs),
	};
}

/** Where one edge of the interval crosses the limit, by bisection; the end of the search where it is beyond. */
function crossing(
	trend: LinearTrend,
	limit: number,
	sign: number,
	edge: 1 | -1,
	fromMs: number,
	toMs: number,
): number {
	const beyond = (t: number) => sign * (trendAt(trend, t) - limit) + edge * halfWidthAt(trend, t) >= 0;
	let [low, high] = [fromMs, toMs];
	if (beyond(low)) return low;
	for (let turn = 0; turn < 60 && high - low > 1; turn++) {
		const middle = (low + high) / 2;
		if (beyond(middle)) high = middle;
		else low = middle;
	}
	return high;
}
