import type { Sample } from "../../src/domain/time-series.ts";
import { normalQuantile, studentQuantile } from "./student-quantile.ts";

/** A straight line through the recent part of a series, with what its interval needs. */
export type LinearTrend = {
	/** The line is `level` at `originMs` and rises by `slopePerMs`. */
	readonly originMs: number;
	readonly level: number;
	readonly slopePerMs: number;
	/** Half of the interval of the slope. */
	readonly slopeHalfWidth: number;
	/** Half of the interval of one value at the origin. */
	readonly valueHalfWidth: number;
	/** The part of the history that the line rests on. */
	readonly sinceMs: number;
	readonly newestMs: number;
};

const FEWEST = 8;
const MOST = 120;
const MOST_CUTS = 8;
const SHORTEST_PIECE = 6;

/**
 * Fits a line by the median of pairwise slopes (Theil 1950; Sen, JASA 63, 1968), which up to 29 % outliers can't
 * bend. The interval is that of least-squares prediction (Draper and Smith, Applied Regression Analysis, 1.4) around
 * it, with the noise from the median absolute residual. Only the recent part counts: what lies before a bend is
 * dropped. Undefined with fewer than 8 finite samples.
 * @param coverage the share of values that the interval is to hold, above 0 and below 1
 */
export function fitLinearTrend(samples: readonly Sample[], coverage = 0.8): LinearTrend | undefined {
	const finite = samples.filter((sample) => Number.isFinite(sample.v));
	const newest = finite.at(-1);
	if (finite.length < FEWEST || !newest) return undefined;
	let recent = finite;
	let points = thin(recent);
	for (let turn = 0; turn < MOST_CUTS; turn++) {
		const bend = findBend(points);
		const later = bend === undefined ? [] : recent.filter((sample) => sample.t >= bend);
		if (later.length < FEWEST || later.length === recent.length) break;
		recent = later;
		points = thin(recent);
	}
	const line = theilSen(points, newest.t);
	// Neighbours are not independent: the thinned points are counted, not the samples.
	const n = points.length;
	const meanMs = points.reduce((sum, point) => sum + point.t / n, 0);
	const spread = points.reduce((sum, point) => sum + (point.t - meanMs) ** 2, 0);
	const noise =
		studentQuantile(normalQuantile((1 + coverage) / 2), n - 2) *
		residualScale(recent.map((sample) => sample.v - at(line, sample.t)));
	return {
		originMs: meanMs,
		level: at(line, meanMs),
		slopePerMs: line.slope,
		slopeHalfWidth: spread > 0 ? noise / Math.sqrt(spread) : Number.POSITIVE_INFINITY,
		valueHalfWidth: noise * Math.sqrt(1 + 1 / n),
		sinceMs: (recent[0] ?? newest).t,
		newestMs: newest.t,
	};
}

/** The line's value at `t`. */
export function trendAt(trend: LinearTrend, t: number): number {
	return trend.level + trend.slopePerMs * (t - trend.originMs);
}

/** Half of the prediction interval at `t`; it widens with the distance from the history. */
export function halfWidthAt(trend: LinearTrend, t: number): number {
	return Math.hypot(trend.valueHalfWidth, trend.slopeHalfWidth * (t - trend.originMs));
}

/**
 * Where the series bends: the break at which two least-squares lines leave under a quarter of the squared error of one.
 * A shorter piece than six points can't be told from a spike.
 */
function findBend(points: readonly Sample[]): number | undefined {
	const n = points.length;
	if (n < 2 * SHORTEST_PIECE) return undefined;
	const forward = squaredErrors(points);
	const backward = squaredErrors(points.toReversed());
	let [best, least] = [0, (forward[n] ?? 0) / 4];
	for (let left = SHORTEST_PIECE; left <= n - SHORTEST_PIECE; left++) {
		const error = (forward[left] ?? 0) + (backward[n - left] ?? 0);
		if (error < least) [best, least] = [left, error];
	}
	return best === 0 ? undefined : points[best]?.t;
}

/** For each count of leading points the squared error of the least-squares line through them, by running sums. */
function squaredErrors(points: readonly Sample[]): readonly number[] {
	const first = points[0] ?? { t: 0, v: 0 };
	let [n, meanT, meanV, tt, tv, vv] = [0, 0, 0, 0, 0, 0];
	const errors = [0];
	for (const point of points) {
		n += 1;
		const [dt, dv] = [point.t - first.t - meanT, point.v - first.v - meanV];
		meanT += dt / n;
		meanV += dv / n;
		const restT = point.t - first.t - meanT;
		tt += dt * restT;
		tv += dv * restT;
		vv += dv * (point.v - first.v - meanV);
		errors.push(tt > 0 ? Math.max(0, vv - (tv * tv) / tt) : 0);
	}
	return errors;
}

type Line = { readonly originMs: number; readonly level: number; readonly slope: number };

function at(line: Line, t: number): number {
	return line.level + line.slope * (t - line.originMs);
}

function theilSen(points: readonly Sample[], originMs: number): Line {
	const slopes: number[] = [];
	points.forEach((left, index) => {
		for (const right of points.slice(index + 1))
			if (right.t > left.t) slopes.push((right.v - left.v) / (right.t - left.t));
	});
	const slope = slopes.length > 0 ? median(slopes) : 0;
	return { originMs, slope, level: median(points.map((point) => point.v - slope * (point.t - originMs))) };
}

/** At most `MOST` points: the medians of equally long runs of samples. */
function thin(samples: readonly Sample[]): readonly Sample[] {
	if (samples.length <= MOST) return samples;
	const size = samples.length / MOST;
	return Array.from({ length: MOST }, (_, index) => {
		const run = samples.slice(Math.floor(index * size), Math.floor((index + 1) * size));
		return { t: median(run.map((sample) => sample.t)), v: median(run.map((sample) => sample.v)) };
	});
}

/** A standard deviation by the median absolute deviation; by the mean one where most values lie on the line. */
function residualScale(residuals: readonly number[]): number {
	const sizes = residuals.map(Math.abs);
	const middle = 1.4826 * median(sizes);
	return middle > 0
		? middle
		: 1.2533 * (sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length));
}

function median(values: readonly number[]): number {
	const sorted = Float64Array.from(values).toSorted();
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? 0;
	return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
