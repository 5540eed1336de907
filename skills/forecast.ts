import { z } from "zod";
import type { ForecastSpan } from "../models/forecast/forecast-linear.ts";
import { forecastSeries, type SeriesForecast } from "../models/forecast/forecast-series.ts";
import { leftItsCourse } from "../models/forecast/left-its-course.ts";
import { steadyRange } from "../models/forecast/steady-range.ts";
import { type TimeToReach, timeToReach } from "../models/forecast/time-to-reach.ts";
import { trendForetold } from "../models/forecast/trend-foretold.ts";
import { AppError } from "../src/domain/errors.ts";
import type { ForecastPoint } from "../src/domain/forecast.ts";
import { formatDuration } from "../src/domain/quantity.ts";
import type { Sample, Series } from "../src/domain/time-series.ts";
import type { Watch } from "../src/domain/watch.ts";
import { defineSkill, type SkillDeps } from "./define-skill.ts";
import { boundsOf, withinBounds } from "./metrics/bounds-of.ts";
import { findTarget } from "./metrics/find-target.ts";
import { type MetricReading, readMetric } from "./metrics/read-metric.ts";
import { readSeries } from "./metrics/read-series.ts";
import { finiteSamples } from "./metrics/series-stats.ts";
import { METRIC_NAMES } from "./metrics/target.ts";
import { seriesOf } from "./metrics/watch-of.ts";

const RECENT_MS = 6 * 3_600_000;
/** Two weeks at ten minutes: what the season of days and weeks needs, in 2,017 points. */
const DAYS = { lengthMs: 14 * 86_400_000, stepMs: 600_000, fewestMs: 3 * 86_400_000 };
const MOST_AHEAD = 10;
const FEWEST_SAMPLES = 8;
const TREND_AHEAD = 4;
const LONGEST_AHEAD_MS = 400 * 86_400_000;

const Input = z.strictObject({
	target: z.string().min(1).max(200),
	metric: z.enum(METRIC_NAMES).default("disk"),
	watch: z.string().max(200).optional().describe("The watch whose quantity is meant, instead of a metric"),
	aheadMs: z
		.number()
		.positive()
		.max(LONGEST_AHEAD_MS)
		.optional()
		.describe("How far ahead is asked for; by default so far that the limit is seen, if it is near"),
	startMs: z.number().optional().describe("Start of the history that counts; two weeks ago by default"),
	mountpoint: z.string().max(400).optional(),
});

/** Where a quantity is heading. `limit` and `reach` are missing where no limit is known. */
export type LimitForecast = {
	readonly reading: MetricReading;
	readonly limit?: { readonly name: string; readonly value: number };
	readonly reach?: TimeToReach;
	/** From the newest sample on; at most 60 points, within what the quantity can be. Empty: none can be given. */
	readonly points: readonly ForecastPoint[];
	/** The slope of the recent trend in the unit of the quantity; missing where it is judged to be none or unknown. */
	readonly perHour?: number;
	/** How much history there was. */
	readonly historyMs: number;
	/** What the forecast rests on, as "daily pattern of 6 days and its trend". */
	readonly basis: string;
	/** Why there are no points. */
	readonly problem?: string;
};

/** Where a quantity goes, and when it reaches its limit, if it goes on as it does. */
export const forecast = defineSkill({
	name: "forecast",
	description:
		"Forecasts a metric of a target, with the 80 % range, and says when a disk is full, or when memory or another limited quantity reaches its limit.",
	input: Input,
	hints: { reads: true, proposes: false, bounded: { queries: 33, items: 62_020 } },
	run: async (deps, context, { startMs, aheadMs, ...input }): Promise<LimitForecast> => {
		const target = await findTarget(deps.inventory, input.target);
		const watch = input.watch === undefined ? undefined : watchNamed(deps.watches(), input.watch);
		const { mountpoint } = input;
		const request = {
			target,
			metric: watch?.kind ?? input.metric,
			...(watch ? { watch } : {}),
			...(mountpoint === undefined ? {} : { mountpoint }),
		};
		const [now, recent] = await Promise.all([
			readMetric(deps, { ...request, endMs: context.nowMs }),
			readMetric(deps, {
				...request,
				endMs: context.nowMs,
				startMs: startMs ?? context.nowMs - RECENT_MS,
				aggregate: "max",
			}),
		]);
		const primary = now.series[0]?.labels.mountpoint;
		const reading =
			startMs === undefined ? await withDays(deps, recent, context.nowMs, primary, aheadMs) : recent;
		const samples = finiteSamples(primarySeries(reading.series, primary)?.samples ?? []);
		const historyMs = (samples.at(-1)?.t ?? 0) - (samples[0]?.t ?? 0);
		const limit = limitOf(now);
		const reach = limit ? within(timeToReach(samples, limit.value), samples, historyMs) : undefined;
		const shown = { ...reading, ...(now.main ? { main: now.main } : {}), beside: now.beside };
		const wantedMs = aheadMs === undefined ? undefined : aheadMs + context.nowMs - (samples.at(-1)?.t ?? 0);
		const horizonMs = wantedMs ?? horizonOf(reach, context.nowMs, historyMs);
		const ahead = { horizonMs, stepMs: Math.max(1000, horizonMs / 59) };
		const { points, basis, slopePerMs } = continued(samples, ahead, aheadMs !== undefined);
		const bounds = boundsOf(shown, samples);
		const problem = problemOf(samples.length, horizonMs, historyMs, aheadMs);
		const isDrawn = problem === undefined && (aheadMs !== undefined || !(reach && "notKnown" in reach));
		const perHour = slopePerMs === undefined ? undefined : slopePerMs * 3_600_000;
		return {
			reading: shown,
			points: isDrawn && horizonMs > 0 ? points.map((point) => withinBounds(point, bounds)) : [],
			...(problem === undefined ? {} : { problem }),
			historyMs,
			basis,
			...(limit ? { limit } : {}),
			...(reach ? { reach } : {}),
			...(perHour === undefined || (reach && !("atMs" in reach)) ? {} : { perHour }),
		};
	},
});

/** @throws AppError `not_found` */
function watchNamed(watches: readonly Watch[], name: string): Watch {
	const found = watches.find((watch) => watch.name === name);
	if (!found) throw new AppError("not_found", `There is no watch ${name}.`);
	return found;
}

/** Why nothing can be said of the asked time; undefined where something can. */
function problemOf(
	count: number,
	horizonMs: number,
	historyMs: number,
	aheadMs: number | undefined,
): string | undefined {
	if (count < FEWEST_SAMPLES) return `there are only ${count} values, and a forecast needs ${FEWEST_SAMPLES}`;
	if (aheadMs === undefined || horizonMs <= MOST_AHEAD * historyMs) return undefined;
	return `${formatDuration(historyMs)} of history is too little for ${formatDuration(aheadMs)} ahead; a tenth of that is needed`;
}

/**
 * Where the series goes. Without a season: by its straight trend up to four times its length ahead, where that would
 * have foretold its newest part; else it is expected to stay as it has been.
 */
function continued(
	samples: readonly Sample[],
	span: ForecastSpan,
	isAsked: boolean,
): Pick<SeriesForecast, "points" | "basis" | "slopePerMs"> {
	const found = forecastSeries(samples, span);
	const isNear = span.horizonMs <= TREND_AHEAD * found.basisMs;
	if (!isAsked || found.model !== "linear" || (isNear && trendForetold(samples, span.horizonMs)))
		return found;
	const historyMs = (samples.at(-1)?.t ?? 0) - (samples[0]?.t ?? 0);
	return { points: steadyRange(samples, span), basis: `range of the last ${formatDuration(historyMs)}` };
}

/** The reading over days where the source has kept them and they foretell what comes, else as it is. One query more. */
async function withDays(
	{ metrics }: Pick<SkillDeps, "metrics">,
	recent: MetricReading,
	nowMs: number,
	primary: string | undefined,
	aheadMs = 0,
): Promise<MetricReading> {
	const { lengthMs, stepMs } = DAYS;
	// Of what is further ahead than the recent hours reach back, any longer history says more.
	const fewestMs = aheadMs > RECENT_MS ? RECENT_MS : DAYS.fewestMs;
	const span = { startMs: nowMs - lengthMs, endMs: nowMs, stepMs };
	// A source that does not answer for days may well have answered for hours.
	const read = await readSeries(metrics, recent.quantity.query, span).catch(() => []);
	const series = seriesOf(read, recent.watch, recent.target);
	const samples = primarySeries(series, primary)?.samples ?? [];
	const startMs = samples[0]?.t ?? nowMs;
	if (nowMs - startMs < fewestMs) return recent;
	const newest = primarySeries(recent.series, primary)?.samples ?? [];
	const hasSeason = nowMs - startMs >= DAYS.fewestMs;
	return hasSeason && leftItsCourse(samples, newest) ? recent : { ...recent, series, startMs, stepMs };
}

function primarySeries(series: readonly Series[], mountpoint: string | undefined): Series | undefined {
	return series.find((one) => one.labels.mountpoint === mountpoint) ?? series[0];
}

/** A history says nothing about a time further ahead than ten times itself. */
function within(reach: TimeToReach, samples: readonly Sample[], historyMs: number): TimeToReach {
	const newestMs = samples.at(-1)?.t ?? 0;
	const far = "atMs" in reach && reach.atMs - newestMs > MOST_AHEAD * historyMs;
	return far ? { notKnown: `only ${formatDuration(historyMs)} of history` } : reach;
}

/** What a quantity can't exceed: a share is full at 100 %, memory of a host ends where it ends, a watch may name it. */
function limitOf(reading: MetricReading): LimitForecast["limit"] {
	const watched = (reading.watch ?? reading.expectation?.watch)?.limit;
	if (watched) return watched;
	const { kind } = reading.target;
	if ((kind === "host" || reading.metric === "disk") && reading.quantity.unit === "percent")
		return { name: "full", value: 100 };
	const total = reading.beside.find((one) => one.label === "In all" && one.unit === reading.quantity.unit);
	return total ? { name: "all of it", value: total.value } : undefined;
}

/** Far enough to see the limit reached if that is near, else half of the history. */
function horizonOf(reach: TimeToReach | undefined, nowMs: number, historyMs: number): number {
	const near = reach && "atMs" in reach && reach.atMs > nowMs ? (reach.atMs - nowMs) * 1.2 : historyMs / 2;
	return Math.min(Math.max(near, historyMs / 6), historyMs);
}
