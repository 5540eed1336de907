import type { ForecastPoint } from "../../src/domain/forecast.ts";
import { formatDuration } from "../../src/domain/quantity.ts";
import type { Sample } from "../../src/domain/time-series.ts";
import type { FittedForecast } from "./define-forecaster.ts";
import { fitScaled } from "./fit-scaled.ts";
import { type ForecastSpan, forecastLinear, timesAhead } from "./forecast-linear.ts";
import { fitLinearTrend } from "./forecast-linear-fit.ts";
import { anchorsUpTo, betweenAnchors } from "./horizon-anchors.ts";
import { patternTrend } from "./pattern-trend.ts";
import { type Margins, marginsOf } from "./prediction-interval.ts";
import { cleanSamples, DAY_MS, type Grid } from "./regular-grid.ts";
import { readSeason, seasonBasis, seasonTrend } from "./season.ts";
import { seasonalBlend } from "./seasonal-blend.ts";

/** `horizonMs` beyond the newest sample, every `stepMs`; `coverage` of the interval, 0.01 to 0.99, 0.8 by default. */
export type ForecastOptions = ForecastSpan & { readonly coverage?: number };

/** What comes, and what says so. */
export type SeriesForecast = {
	/** From the newest sample on, in the unit of the series, finite, low <= v <= high; at most 500. */
	readonly points: readonly ForecastPoint[];
	readonly model: "seasonal" | "linear" | "none";
	/** What it rests on, as "daily pattern of 6 days and its trend". */
	readonly basis: string;
	/** How much history the model goes by: of a straight trend what came since its last bend. */
	readonly basisMs: number;
	/** The trend without the season, in the unit of the series. */
	readonly slopePerMs?: number;
};

/** Further ahead than this only pattern and trend say something. */
const NEAR_MS = 2 * DAY_MS;
const MOST_SAMPLES = 4032;
/** Beyond this sums and squares overflow. */
const LARGEST = 1e150;

/**
 * Continues a series: by the season of its days where it spans three of them, else by its recent straight trend.
 * Samples may come in any order, with gaps, repeated times and values that are not finite (which are left out).
 * With fewer than 8 usable samples there are no points. Under 20 ms for 2,000 samples.
 */
export function forecastSeries(samples: readonly Sample[], options: ForecastOptions): SeriesForecast {
	const clean = cleanSamples(samples);
	const largest = clean.reduce((most, { v }) => Math.max(most, Math.abs(v)), 0);
	if (largest > LARGEST) {
		const small = forecastSeries(
			clean.map(({ t, v }) => ({ t, v: v / largest })),
			options,
		);
		return { ...small, points: small.points.map((point) => timesLargest(point, largest)) };
	}
	const wanted = options.coverage ?? Number.NaN;
	const coverage = Number.isNaN(wanted) ? 0.8 : Math.min(0.99, Math.max(0.01, wanted));
	return forecastSeasonal(clean, options, coverage) ?? forecastTrend(clean, options, coverage);
}

function forecastSeasonal(
	samples: readonly Sample[],
	span: ForecastSpan,
	coverage: number,
): SeriesForecast | undefined {
	const season = readSeason(samples);
	if (!season) return undefined;
	const { grid } = season;
	const horizonCells = Math.max(1, Math.ceil(span.horizonMs / grid.stepMs));
	const model = span.horizonMs > NEAR_MS ? patternTrend : seasonalBlend;
	const fitted = fitScaled(model, grid, Math.min(horizonCells, 2 * grid.dayCells));
	if (!fitted) return undefined;
	const points = drawPoints(fitted, grid, span, coverage);
	const slope = seasonTrend(season)?.slopePerMs;
	return {
		points,
		model: "seasonal",
		basis: seasonBasis(season),
		basisMs: grid.stepMs * (grid.values.length - 1),
		...(slope === undefined ? {} : { slopePerMs: slope }),
	};
}

/** From the newest value to the forecasts of the cells ahead, on straight lines. */
function drawPoints(
	fitted: FittedForecast,
	grid: Grid,
	span: ForecastSpan,
	coverage: number,
): readonly ForecastPoint[] {
	const { stepMs, newestMs, dayCells, filled } = grid;
	const newest = filled.at(-1) ?? 0;
	const anchors = anchorsUpTo(dayCells, 1.6);
	const margins = anchors.map((anchor) => marginsOf(fitted.errors(anchor), coverage));
	const end = (steps: number): ForecastPoint => {
		if (steps === 0) return { t: newestMs, v: newest, low: newest, high: newest };
		const v = fitted.at(steps);
		const { low, high } = marginAt(anchors, margins, steps, dayCells);
		return { t: 0, v, low: v + low, high: v + high };
	};
	return timesAhead(span).map((ahead) => {
		const steps = ahead / stepMs;
		const from = Math.floor(steps);
		const share = steps - from;
		const [a, b] = [end(from), share > 0 ? end(from + 1) : end(from)];
		const between = (pick: (point: ForecastPoint) => number) => pick(a) * (1 - share) + pick(b) * share;
		return {
			t: newestMs + ahead,
			v: between((point) => point.v),
			low: between((point) => point.low),
			high: between((point) => point.high),
		};
	});
}

/** Margins were measured up to a day ahead; beyond, they grow as a random walk's do. */
function marginAt(
	anchors: readonly number[],
	margins: readonly Margins[],
	steps: number,
	dayCells: number,
): Margins {
	const { before, after, share } = betweenAnchors(anchors, steps);
	const growth = Math.sqrt(Math.max(1, steps / dayCells));
	const mix = (pick: (one: Margins) => number) => {
		const [a, b] = [margins[before], margins[after]];
		return a && b ? growth * (pick(a) * (1 - share) + pick(b) * share) : 0;
	};
	return { low: mix((one) => one.low), high: mix((one) => one.high) };
}

function forecastTrend(samples: readonly Sample[], span: ForecastSpan, coverage: number): SeriesForecast {
	const recent = samples.slice(-MOST_SAMPLES);
	const trend = fitLinearTrend(recent, coverage);
	if (!trend) return { points: [], model: "none", basis: "fewer than 8 samples", basisMs: 0 };
	const points = forecastLinear(trend, span).filter((point) => Number.isFinite(point.high - point.low));
	const basisMs = trend.newestMs - trend.sinceMs;
	const basis = `trend of the last ${formatDuration(basisMs)}`;
	return { points, model: "linear", basis, basisMs, slopePerMs: trend.slopePerMs };
}

function timesLargest({ t, v, low, high }: ForecastPoint, largest: number): ForecastPoint {
	const times = (value: number) => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value * largest));
	return { t, v: times(v), low: times(low), high: times(high) };
}
