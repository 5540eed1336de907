import { formatDuration } from "../../src/domain/quantity.ts";
import type { Sample } from "../../src/domain/time-series.ts";
import { fitLinearTrend, halfWidthAt, type LinearTrend, trendAt } from "./forecast-linear-fit.ts";
import { cleanSamples, DAY_MS } from "./regular-grid.ts";
import { patternAt, readSeason, type Season, seasonTrend } from "./season.ts";

/** When a series reaches a limit: with its 80 % range, or why it does not, or why nobody can tell. */
export type TimeToReach =
	| { readonly atMs: number; readonly earliestMs: number; readonly latestMs: number }
	| { readonly never: string }
	| { readonly notKnown: string };

/** A slope counts as one from 2.3 standard errors on (1.8 half widths of 80 %): one flat series in a hundred passes. */
const SURE = 1.8;
const DAY_PARTS = 288;

/** `minimumHistoryMs`: less history than this says nothing. `reach`: how many times its history a trend may be drawn on. */
export type TimeToReachOptions = {
	readonly direction?: "above" | "below";
	readonly minimumHistoryMs?: number;
	readonly reach?: number;
};

/**
 * When the trend of a series, and the usual course of its days where it has one, reaches `limit` (same unit).
 * `earliestMs` and `latestMs` are where the edges of the 80 % interval cross it. A slope that could as well be none is
 * "never"; a crossing too far from the history is "not known". Samples may be in any order; unusable ones are left out.
 */
export function timeToReach(
	samples: readonly Sample[],
	limit: number,
	options: TimeToReachOptions = {},
): TimeToReach {
	const { direction = "above", minimumHistoryMs = 5 * 60_000, reach = 48 } = options;
	const clean = cleanSamples(samples);
	const [oldest, newest] = [clean[0], clean.at(-1)];
	if (!oldest || !newest) return { notKnown: "there are no samples" };
	const sign = direction === "above" ? 1 : -1;
	if (sign * (newest.v - limit) >= 0) return { atMs: newest.t, earliestMs: newest.t, latestMs: newest.t };
	const historyMs = newest.t - oldest.t;
	const season = readSeason(clean);
	const trend =
		historyMs < minimumHistoryMs ? undefined : season?.pattern ? seasonTrend(season) : fitLinearTrend(clean);
	if (!trend) return { notKnown: `only ${formatDuration(historyMs)} of history` };
	const untilMs = trend.newestMs + historyMs * reach;
	const course = { trend, limit, sign, untilMs, ...courseOf(season, sign) };
	const slope = sign * trend.slopePerMs;
	const rises = slope - SURE * trend.slopeHalfWidth > 0;
	if (!rises) {
		const level = { ...trend, slopePerMs: 0, slopeHalfWidth: 0, level: trendAt(trend, newest.t) };
		const peak = season?.pattern ? firstAtOrBeyond({ ...course, trend: level }, 0, newest.t) : undefined;
		if (peak === undefined || peak > newest.t + DAY_MS) return { never: whyNever(slope, trend, direction) };
		return reached({ ...course, trend: level, untilMs: newest.t + DAY_MS }, peak);
	}
	const atMs = firstAtOrBeyond(course, 0, trend.newestMs);
	if (atMs === undefined) {
		const far = `not within ${formatDuration(historyMs * reach)} at the present pace`;
		return { notKnown: `${far}, and ${formatDuration(historyMs)} of history can't tell further` };
	}
	return reached(course, atMs);
}

function whyNever(slope: number, trend: LinearTrend, direction: "above" | "below"): string {
	const [way, opposite] = direction === "above" ? ["rising", "falling"] : ["falling", "rising"];
	return slope + trend.slopeHalfWidth < 0 ? `it is ${opposite}` : `it is not ${way}`;
}

/** A trend, the usual day above it (`peak`: the most it adds towards the limit), and how far to look. */
type Course = {
	readonly trend: LinearTrend;
	readonly limit: number;
	readonly sign: number;
	readonly untilMs: number;
	readonly peak: number;
	readonly above: (t: number) => number;
};

function courseOf(season: Season | undefined, sign: number): Pick<Course, "peak" | "above"> {
	if (!season?.pattern) return { peak: 0, above: () => 0 };
	const peak = season.pattern.cells.reduce(
		(most, value) => Math.max(most, sign * value),
		Number.NEGATIVE_INFINITY,
	);
	return { peak, above: (t) => patternAt(season, t) };
}

function reached(course: Course, atMs: number): TimeToReach {
	return {
		atMs,
		earliestMs: Math.min(atMs, firstAtOrBeyond(course, 1, course.trend.newestMs) ?? atMs),
		latestMs: firstAtOrBeyond(course, -1, atMs) ?? course.untilMs,
	};
}

/**
 * When the middle (`edge` 0) or an edge of the interval first reaches the limit, from `fromMs` on: by bisection when
 * trend and the day's peak together could, then through the days until the time of day fits. Undefined: not by the end.
 */
function firstAtOrBeyond(course: Course, edge: -1 | 0 | 1, fromMs: number): number | undefined {
	const { trend, limit, sign, untilMs, peak, above } = course;
	const over = (t: number, day: number) =>
		sign * (trendAt(trend, t) - limit) + day + edge * halfWidthAt(trend, t) >= 0;
	if (!over(untilMs, peak)) return undefined;
	let [low, high] = [fromMs, untilMs];
	if (over(low, peak)) high = low;
	for (let turn = 0; turn < 60 && high - low > 1; turn++) {
		const middle = (low + high) / 2;
		if (over(middle, peak)) high = middle;
		else low = middle;
	}
	if (peak === 0) return high;
	for (let t = high; t <= untilMs; t += DAY_MS / DAY_PARTS) if (over(t, sign * above(t))) return t;
	return undefined;
}
