import type { Unit } from "../../domain/quantity.ts";
import type { PreparedChart } from "./prepare-chart.ts";

/** What the value axis must show, in the chart's unit. */
export type ValueRange = {
	readonly low: number;
	readonly high: number;
	/** The axis ends here exactly (100 %). */
	readonly cap: number | undefined;
	/** The largest size that was measured: it chooses the unit of the axis. */
	readonly measured: number;
	/** Only whole numbers make sense as ticks. */
	readonly whole: boolean;
};

const ZERO_BASED: readonly Unit[] = ["count", "per_second", "bytes", "bytes_per_second", "percent"];
/** From this share of the highest value on, the lowest counts as far from zero. */
const FAR_FROM_ZERO = 0.45;
const HEADROOM = 0.08;
/** Room at the top for flags; given before the action too, so that both pictures have the same scale. */
const INCIDENT_HEADROOM = 0.2;
const LIMIT_HEADROOM = 0.12;

/** The range of values the chart shows, or `undefined` when it has none. */
export function valueRange(chart: PreparedChart): ValueRange | undefined {
	const data = extentOf(shownValues(chart));
	if (data === undefined) return undefined;
	const { low, high } = withFuture(chart, data);
	const cap = chart.unit === "percent" && data.high <= 100 ? 100 : undefined;
	const zeroBased = ZERO_BASED.includes(chart.unit) && chart.band === undefined && chart.limit === undefined;
	const fromZero = low >= 0 && (zeroBased || low < FAR_FROM_ZERO * high || low === high);
	// A flat line far from zero still gets an axis with two ends that differ.
	const size = Math.max(high - (fromZero ? 0 : low), Math.abs(low) * 1e-4, Math.abs(high) * 1e-4);
	const whole = chart.unit === "count";
	return {
		low: fromZero ? 0 : low - size * HEADROOM * 0.5,
		high: Math.min(high + size * headroomOf(chart, high), cap ?? Infinity),
		cap,
		measured: Math.max(Math.abs(data.low), Math.abs(data.high)),
		whole,
	};
}

function headroomOf(chart: PreparedChart, high: number): number {
	if (chart.limit?.value === high) return LIMIT_HEADROOM;
	return chart.outside.length + chart.actions.length > 0 ? INCIDENT_HEADROOM : HEADROOM;
}

function* shownValues(chart: PreparedChart): Generator<number> {
	for (const line of [...chart.values, ...chart.compared, ...chart.rest]) {
		for (const point of line.points) if (point.v !== null) yield point.v;
	}
	for (const point of chart.band?.points ?? []) {
		yield point.low;
		yield point.high;
	}
	if (chart.mark !== undefined) yield chart.mark.v;
}

function extentOf(values: Iterable<number>): { low: number; high: number } | undefined {
	let low = Infinity;
	let high = -Infinity;
	for (const value of values) {
		low = Math.min(low, value);
		high = Math.max(high, value);
	}
	return low <= high ? { low, high } : undefined;
}

/** The limit joins the scale when the forecast reaches it; without that a forecast adds at most the data's own size. */
function withFuture(
	chart: PreparedChart,
	data: { readonly low: number; readonly high: number },
): { low: number; high: number } {
	const points = chart.forecast?.points ?? [];
	const future = extentOf(points.map((point) => point.v));
	if (future === undefined) return data;
	const limit = chart.limit?.value;
	if (limit !== undefined && limit > data.high && future.high >= limit) return { low: data.low, high: limit };
	if (limit !== undefined && limit < data.low && future.low <= limit) return { low: limit, high: data.high };
	const fan = extentOf(points.flatMap((point) => [point.low, point.high])) ?? future;
	const size = data.high - data.low || Math.abs(data.high) || 1;
	return {
		low: Math.max(Math.min(data.low, fan.low), data.low - size),
		high: Math.min(Math.max(data.high, fan.high), data.high + size),
	};
}
