import type { Chart } from "../../domain/chart.ts";
import type { ChartLook, ChartRenderer } from "../../ports/chart-renderer.ts";
import { drawAxes } from "./draw-axes.ts";
import { drawScene, type Scene } from "./draw-scene.ts";
import type { Drawing } from "./drawing.ts";
import { type Frame, makeFrame } from "./frame.ts";
import { traceInk } from "./ink.ts";
import { type Obstacles, type PlacedLabel, placeLabels } from "./place-labels.ts";
import { prepareChart } from "./prepare-chart.ts";
import { renderPng } from "./render-png.ts";
import { element, escapeXml } from "./svg.ts";
import { FONT_FAMILY, FONT_SIZE_PX } from "./tokens.ts";

const HALO_PX = 4;
/** Lines at the edge of the plot keep their full width. */
const EDGE_PX = 3;

/**
 * Draws charts as SVG text that needs nothing from outside: no script, no style sheet, no font file, and no ids, so that
 * several pictures may stand in one page. Text from the chart is escaped and bounded, numbers are always finite.
 */
export const chartRenderer: ChartRenderer = {
	svg: renderChart,
	png: (chart, look) => renderPng(renderChart(chart, look)),
};

function renderChart(chart: Chart, look: ChartLook): string {
	const prepared = prepareChart(chart);
	const frame = makeFrame(prepared, look);
	const scene = drawScene(prepared, frame);
	const wanted = scene.byWish.flatMap((drawing) => drawing.labels ?? []);
	const labels = placeLabels(wanted, obstaclesOf(scene, frame), frame.narrow);
	const body = [
		element("title", {}, escapeXml(prepared.alt)),
		element("rect", { width: frame.widthPx, height: frame.heightPx, fill: frame.theme.surface }),
		shapesOf(scene.behind),
		drawAxes(frame),
		clipped(frame, shapesOf(scene.data)),
		shapesOf(scene.marks),
		labelTexts(labels, frame),
	];
	return element(
		"svg",
		{
			xmlns: "http://www.w3.org/2000/svg",
			role: "img",
			width: frame.widthPx,
			height: frame.heightPx,
			viewBox: `0 0 ${frame.widthPx} ${frame.heightPx}`,
			"font-family": FONT_FAMILY,
			"font-size": FONT_SIZE_PX,
			"font-variant": "tabular-nums",
		},
		body.join(""),
	);
}

function shapesOf(drawings: readonly Drawing[]): string {
	return drawings.map((drawing) => drawing.shapes).join("");
}

function obstaclesOf(scene: Scene, { plot, widthPx }: Frame): Obstacles {
	const drawings = [...scene.data, ...scene.marks];
	return {
		region: { left: plot.left + 2, right: widthPx - 3, top: 4, bottom: plot.bottom - 1 },
		solids: drawings.flatMap((drawing) => drawing.solids ?? []),
		inks: drawings.flatMap((drawing) => drawing.lines ?? []).map((runs) => traceInk(runs, widthPx)),
		uprights: drawings.flatMap((drawing) => drawing.uprights ?? []),
	};
}

/** A nested picture clips to its own edges, which needs no clip path and so no id. */
function clipped({ plot }: Frame, shapes: string): string {
	const [x, y] = [plot.left - EDGE_PX, plot.top - EDGE_PX];
	const [width, height] = [plot.right - plot.left + EDGE_PX * 2, plot.bottom - plot.top + EDGE_PX * 2];
	const viewBox = `${x} ${y} ${width} ${height}`;
	return shapes === "" ? "" : element("svg", { x, y, width, height, viewBox }, shapes);
}

function labelTexts(labels: readonly PlacedLabel[], { theme }: Frame): string {
	if (labels.length === 0) return "";
	const texts = labels.map(({ label, text, spot }) =>
		element(
			"text",
			{ x: spot.x, y: spot.y, "text-anchor": spot.anchor, fill: label.fill, "font-weight": label.weight },
			escapeXml(text),
		),
	);
	const halo = {
		stroke: theme.surface,
		"stroke-width": HALO_PX,
		"stroke-linejoin": "round",
		"paint-order": "stroke",
	};
	return element("g", { "data-mark": "labels", ...halo }, texts.join(""));
}
