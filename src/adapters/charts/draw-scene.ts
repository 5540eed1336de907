import { drawActions } from "./draw-actions.ts";
import { drawBand } from "./draw-band.ts";
import { drawChanges } from "./draw-changes.ts";
import { drawChecked } from "./draw-checked.ts";
import { drawEmpty } from "./draw-empty.ts";
import { drawForecast } from "./draw-forecast.ts";
import { drawGaps } from "./draw-gaps.ts";
import { drawLimit } from "./draw-limit.ts";
import { drawComparedLines, drawRestLines, drawValueLines } from "./draw-lines.ts";
import { drawMark } from "./draw-mark.ts";
import { drawOutsideLines, drawSeverities, drawTints } from "./draw-outside.ts";
import type { Drawing } from "./drawing.ts";
import type { Frame } from "./frame.ts";
import type { PreparedChart } from "./prepare-chart.ts";

/** All marks of a chart, in the order of painting. */
export type Scene = {
	/** Behind the axes. */
	readonly behind: readonly Drawing[];
	/** Cut off at the edges of the plot. */
	readonly data: readonly Drawing[];
	/** On top, free to stand over the edges. */
	readonly marks: readonly Drawing[];
	/** The same drawings by how much their labels matter: the first finds its place first. */
	readonly byWish: readonly Drawing[];
};

/** Draws every mark the chart has. */
export function drawScene(chart: PreparedChart, frame: Frame): Scene {
	const gaps = drawGaps(chart, frame);
	const band = drawBand(chart, frame);
	const forecast = drawForecast(chart, frame);
	const limit = drawLimit(chart, frame);
	const rest = drawRestLines(chart, frame);
	const compared = drawComparedLines(chart, frame);
	const values = drawValueLines(chart, frame);
	const checked = drawChecked(chart, frame);
	const changes = drawChanges(chart, frame);
	const actions = drawActions(chart, frame, [...(values.lines ?? []), ...(forecast.lines ?? [])]);
	const severities = drawSeverities(chart, frame);
	const mark = drawMark(chart, frame);
	const empty = drawEmpty(chart, frame);
	return {
		behind: [drawTints(chart, frame)],
		data: [gaps, band, forecast, limit, rest, compared, values, drawOutsideLines(chart, frame)],
		marks: [checked, changes, actions, severities, mark],
		byWish: [empty, mark, severities, values, limit, rest, forecast, checked, changes, gaps, band, compared],
	};
}
