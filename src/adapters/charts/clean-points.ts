import type { ChartPoint } from "../../domain/chart.ts";
import { downsample } from "./downsample.ts";
import { clamp } from "./geometry.ts";
import { LIMITS } from "./limits.ts";

/** A span of time, Unix milliseconds, `startMs` before `endMs`. */
export type TimeSpan = { readonly startMs: number; readonly endMs: number };

/** A low and a high value at an instant; `low` is never above `high`. */
export type RangePoint = { readonly t: number; readonly low: number; readonly high: number };

/** A finite value within what a scale can hold (tiny ones are zero), or null. */
export function cleanValue(value: number | null): number | null {
	if (value === null || !Number.isFinite(value)) return null;
	if (Math.abs(value) < LIMITS.smallestValue) return 0;
	return clamp(value, -LIMITS.largestValue, LIMITS.largestValue);
}

/** Whether the instant is a number within the span, ends included. */
export function isWithin(t: number, span: TimeSpan): boolean {
	return t >= span.startMs && t <= span.endMs;
}

/**
 * Points inside the span, oldest first, non-finite values as breaks, at most `LIMITS.pointsPerLine` (thinned as
 * `downsample` does), and with a break wherever two neighbours have a gap between them: a gap is never bridged.
 */
export function cleanPoints(
	points: readonly ChartPoint[],
	span: TimeSpan,
	gaps: readonly TimeSpan[],
): readonly ChartPoint[] {
	const inSpan = points.filter((point) => isWithin(point.t, span));
	const sorted = inAnyOrder(inSpan) ? inSpan.toSorted((a, b) => a.t - b.t) : inSpan;
	const clean = sorted.map(({ t, v }) => ({ t, v: cleanValue(v) }));
	const bounded =
		clean.length > LIMITS.pointsPerLine
			? downsample(clean, LIMITS.pointsPerLine / 4 - 1).slice(0, LIMITS.pointsPerLine)
			: clean;
	return breakAtGaps(bounded, gaps);
}

/** Ranges inside the span, oldest first, only finite ones, at most one per column of `columns`. */
export function cleanRanges<R extends RangePoint>(
	ranges: readonly R[],
	span: TimeSpan,
	columns: number,
): readonly R[] {
	const clean: R[] = [];
	for (const range of ranges) {
		const low = cleanValue(range.low);
		const high = cleanValue(range.high);
		if (low === null || high === null || !isWithin(range.t, span)) continue;
		clean.push({ ...range, low: Math.min(low, high), high: Math.max(low, high) });
	}
	if (inAnyOrder(clean)) clean.sort((a, b) => a.t - b.t);
	if (clean.length <= columns) return clean;
	const columnMs = (span.endMs - span.startMs) / columns;
	const column = (range: R | undefined) =>
		range === undefined ? -1 : Math.floor((range.t - span.startMs) / columnMs);
	return clean.filter(
		(range, index) => column(range) !== column(clean[index - 1]) || index === clean.length - 1,
	);
}

function inAnyOrder(points: readonly { readonly t: number }[]): boolean {
	return points.some((point, index) => index > 0 && point.t < (points[index - 1]?.t ?? point.t));
}

function breakAtGaps(points: readonly ChartPoint[], gaps: readonly TimeSpan[]): readonly ChartPoint[] {
	if (gaps.length === 0) return points;
	const broken: ChartPoint[] = [];
	for (const point of points) {
		const previous = broken.at(-1);
		const gap = gaps.find(
			(each) => previous !== undefined && previous.t <= each.startMs && each.endMs <= point.t,
		);
		if (gap !== undefined) broken.push({ t: gap.startMs, v: null });
		broken.push(point);
	}
	return broken;
}
