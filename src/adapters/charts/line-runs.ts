import type { ChartPoint } from "../../domain/chart.ts";
import { isWithin, type RangePoint, type TimeSpan } from "./clean-points.ts";
import { downsample } from "./downsample.ts";
import type { Frame } from "./frame.ts";
import type { Point } from "./geometry.ts";
import type { PreparedChart } from "./prepare-chart.ts";

/** Joined points of a line on the stage, one run for each stretch without a break, one slice a pixel column. */
export function lineRuns(
	points: readonly ChartPoint[],
	frame: Frame,
	keep?: (point: ChartPoint) => boolean,
): readonly (readonly Point[])[] {
	const columns = Math.ceil(frame.plot.right - frame.plot.left);
	const runs: Point[][] = [];
	let run: Point[] | undefined;
	for (const { t, v } of downsample(points, columns, keep)) {
		if (v === null) {
			run = undefined;
			continue;
		}
		if (run === undefined) {
			run = [];
			runs.push(run);
		}
		run.push([frame.x(t), frame.y(v)]);
	}
	return runs;
}

/** Whether a point lies outside the chart's band; without a band none does. */
export function outsideBand(chart: PreparedChart): (point: ChartPoint) => boolean {
	const ranges = chart.band?.points ?? [];
	let index = 0;
	return ({ t, v }) => {
		if (v === null || ranges.length === 0) return false;
		if (t < (ranges[index]?.t ?? 0)) index = 0;
		while (index + 1 < ranges.length && (ranges[index + 1]?.t ?? Infinity) <= t) index++;
		const { low, high } = between(ranges[index], ranges[index + 1], t);
		return v < low || v > high;
	};
}

/** The points of a line within a span. */
export function pointsWithin(points: readonly ChartPoint[], span: TimeSpan): readonly ChartPoint[] {
	return points.filter((point) => isWithin(point.t, span));
}

function between(
	from: RangePoint | undefined,
	to: RangePoint | undefined,
	t: number,
): { low: number; high: number } {
	if (from === undefined) return { low: -Infinity, high: Infinity };
	if (to === undefined || t <= from.t) return from;
	const share = (t - from.t) / (to.t - from.t);
	return { low: from.low + (to.low - from.low) * share, high: from.high + (to.high - from.high) * share };
}
