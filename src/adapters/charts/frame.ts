import type { ChartLook } from "../../ports/chart-renderer.ts";
import { type Box, clamp } from "./geometry.ts";
import { LIMITS } from "./limits.ts";
import type { PreparedChart } from "./prepare-chart.ts";
import { textWidthPx } from "./text-width.ts";
import { type TimeTick, timeAxis } from "./time-axis.ts";
import { THEMES, type Theme } from "./tokens.ts";
import { type ValueAxis, valueAxis } from "./value-axis.ts";
import { valueRange } from "./value-range.ts";
import { zoneClock } from "./zone-clock.ts";

/** The stage of one drawing: sizes in CSS pixels, colours, axes, and where an instant or a value lies. */
export type Frame = {
	readonly widthPx: number;
	readonly heightPx: number;
	readonly narrow: boolean;
	readonly theme: Theme;
	/** Where data is drawn. */
	readonly plot: Box;
	/** `undefined` when there is no value to show. */
	readonly values: ValueAxis | undefined;
	readonly times: readonly TimeTick[];
	x(t: number): number;
	y(value: number): number;
};

const TOP_PX = 28;
const BOTTOM_PX = 26;
const RIGHT_PX = 16;
const TICK_GAP_PX = 8;
const LEAST_GUTTER_PX = 32;
const MOST_RIGHT_SHARE = 0.3;
const PX_PER_VALUE_TICK = 34;

const MOST_LEFT_SHARE = 0.4;

/** Lays the stage out: gutters as wide as their texts need, names of lines at the right where there are several. */
export function makeFrame(chart: PreparedChart, look: ChartLook): Frame {
	const widthPx = clampSize(look.widthPx, LIMITS.minWidthPx, LIMITS.maxWidthPx, 600);
	const heightPx = clampSize(look.heightPx, LIMITS.minHeightPx, LIMITS.maxHeightPx, 240);
	const narrow = widthPx < LIMITS.narrowWidthPx;
	const plotHeight = heightPx - TOP_PX - BOTTOM_PX;
	const range = valueRange(chart);
	const mostTicks = clamp(Math.floor(plotHeight / PX_PER_VALUE_TICK) + 1, 3, 5);
	const values = range && valueAxis(chart.unit, range, mostTicks);
	const left = leftGutter(values, widthPx);
	const plot: Box = {
		left,
		right: widthPx - rightGutter(chart, widthPx, left),
		top: TOP_PX,
		bottom: heightPx - BOTTOM_PX,
	};
	const low = values?.low ?? 0;
	const high = values?.high ?? 1;
	const farPx = heightPx * 20;
	return {
		widthPx,
		heightPx,
		narrow,
		theme: THEMES[look.theme],
		plot,
		values,
		times: timeAxis(chart, zoneClock(look.timeZone), { left: plot.left, right: plot.right, narrow }),
		x: (t) => plot.left + ((t - chart.startMs) / (chart.endMs - chart.startMs)) * (plot.right - plot.left),
		y: (value) =>
			clamp(plot.bottom - ((value - low) / (high - low)) * (plot.bottom - plot.top), -farPx, farPx),
	};
}

/** Whether the lines of this chart are told apart by names at their ends. */
export function namesLines(chart: PreparedChart): boolean {
	return chart.values.length > 1 || (chart.values.length === 1 && chart.restLabel !== "");
}

function clampSize(value: number, low: number, high: number, fallback: number): number {
	return Number.isFinite(value) ? Math.round(clamp(value, low, high)) : fallback;
}

function leftGutter(values: ValueAxis | undefined, widthPx: number): number {
	const texts = [...(values?.ticks.map((tick) => tick.text) ?? []), values?.symbol ?? ""];
	const widest = Math.max(...texts.map((text) => textWidthPx(text, 400)));
	return Math.round(clamp(widest + TICK_GAP_PX + 4, LEAST_GUTTER_PX, widthPx * MOST_LEFT_SHARE));
}

/** Lines that end before the right end have room for their name inside the plot; only the rest needs a gutter. */
function rightGutter(chart: PreparedChart, widthPx: number, left: number): number {
	if (!namesLines(chart)) return RIGHT_PX;
	const lines = [
		...chart.values,
		...(chart.restLabel === "" ? [] : [{ ...chart.rest[0], name: chart.restLabel }]),
	];
	const most = widthPx * MOST_RIGHT_SHARE;
	const needed = lines.map((line) => {
		const lastMs = line.points?.at(-1)?.t ?? chart.endMs;
		const free = ((chart.endMs - lastMs) / (chart.endMs - chart.startMs)) * (widthPx - left - most);
		return textWidthPx(line.name, 600) + 14 - free;
	});
	return Math.round(clamp(Math.max(...needed), RIGHT_PX, most));
}
