import type { Frame } from "./frame.ts";
import { element, escapeXml } from "./svg.ts";
import { FONT_SIZE_PX } from "./tokens.ts";

const TICK_GAP_PX = 8;
const UNIT_BASELINE_PX = 15;

/** Grid lines with their values, the unit once above them, and the time axis below. */
export function drawAxes(frame: Frame): string {
	const { plot, theme, values } = frame;
	const grid = (values?.ticks ?? []).map(({ value }) => gridLine(frame, frame.y(value)));
	const valueTexts = (values?.ticks ?? []).map(({ value, text }) =>
		element(
			"text",
			{ x: plot.left - TICK_GAP_PX, y: frame.y(value) + 4, "text-anchor": "end" },
			escapeXml(text),
		),
	);
	if (values !== undefined && values.symbol !== "") {
		valueTexts.push(
			element(
				"text",
				{ x: plot.left - TICK_GAP_PX, y: UNIT_BASELINE_PX, "text-anchor": "end" },
				escapeXml(values.symbol),
			),
		);
	}
	const timeTexts = frame.times.map(({ x, text, anchor }) =>
		element("text", { x, y: frame.heightPx - 6, "text-anchor": anchor }, escapeXml(text)),
	);
	const texts = element(
		"g",
		{ "data-mark": "axis", fill: theme.text3, "font-size": FONT_SIZE_PX },
		[...valueTexts, ...timeTexts].join(""),
	);
	const gridLines = grid.join("") || frameLines(frame);
	return element("g", { "data-mark": "grid", stroke: theme.line }, gridLines) + texts;
}

function gridLine(frame: Frame, y: number): string {
	return element("line", { x1: frame.plot.left, x2: frame.plot.right, y1: y, y2: y });
}

/** A chart without values has no grid: its frame says where the data would be. */
function frameLines({ plot }: Frame): string {
	return element("rect", {
		x: plot.left,
		y: plot.top,
		width: plot.right - plot.left,
		height: plot.bottom - plot.top,
		fill: "none",
	});
}
