import type { Sample } from "../../src/domain/time-series.ts";
import { fitLinearTrend, halfWidthAt, trendAt } from "./forecast-linear-fit.ts";
import { cleanSamples } from "./regular-grid.ts";
import { patternAt, readSeason, seasonTrend } from "./season.ts";

/** A distance counts from so many half widths of the 80 % interval on: about 3.5 standard deviations. */
const FAR = 2.75;
/** As in `timeToReach`: 2.3 standard errors. */
const SURE = 1.8;

/**
 * Whether a series has begun to do something its days did not foretell: its newest values lie far outside of what the
 * season before `recent` would have led to, and beside the pattern it moves further away. Such a series is told by its
 * recent samples alone: a leak of an hour is nothing to a trend of two weeks. True where the history has no season.
 * @param history days of one series; @param recent its newest hours, finer
 */
export function leftItsCourse(history: readonly Sample[], recent: readonly Sample[]): boolean {
	const fine = cleanSamples(recent);
	const begin = fine[0]?.t ?? Number.POSITIVE_INFINITY;
	const season = readSeason(history.filter(({ t }) => t < begin));
	const course = season ? seasonTrend(season) : undefined;
	if (!season || !course) return true;
	const beside = fine.map(({ t, v }) => ({ t, v: v - patternAt(season, t) }));
	const now = fitLinearTrend(beside);
	if (!now) return false;
	const distance = trendAt(now, now.newestMs) - trendAt(course, now.newestMs);
	if (Math.abs(distance) <= FAR * halfWidthAt(course, now.newestMs)) return false;
	const faster = Math.sign(distance) * (now.slopePerMs - course.slopePerMs);
	return faster > SURE * Math.hypot(now.slopeHalfWidth, course.slopeHalfWidth);
}
