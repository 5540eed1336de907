import { strokePath } from "./draw-lines.ts";
import type { Drawing } from "./drawing.ts";
import type { Frame } from "./frame.ts";
import { type Box, clamp } from "./geometry.ts";
import { lineRuns, outsideBand, pointsWithin } from "./line-runs.ts";
import type { Label } from "./place-labels.ts";
import type { PreparedChart } from "./prepare-chart.ts";
import { severityShape } from "./severity-shapes.ts";
import { element } from "./svg.ts";
import { STROKE } from "./tokens.ts";

type OutsideSpan = PreparedChart["outside"][number];

/** The tint behind each span in which the line was outside its band. */
export function drawTints(chart: PreparedChart, frame: Frame): Drawing {
	const { plot, theme } = frame;
	const tints = chart.outside.map((span) =>
		element("rect", {
			"data-mark": "tint",
			x: frame.x(span.startMs),
			y: plot.top,
			width: Math.max(1, frame.x(span.endMs) - frame.x(span.startMs)),
			height: plot.bottom - plot.top,
			rx: 2,
			fill: theme.severity[span.severity].soft,
			opacity: STROKE.tintOpacity,
		}),
	);
	return { shapes: tints.join("") };
}

/** The first line again where it was outside its band: heavier, in the severity's colour. */
export function drawOutsideLines(chart: PreparedChart, frame: Frame): Drawing {
	const points = chart.values[0]?.points ?? [];
	const paths = chart.outside.map((span) =>
		strokePath("outside", lineRuns(pointsWithin(points, span), frame, outsideBand(chart)), {
			stroke: frame.theme.severity[span.severity].ink,
			"stroke-width": STROKE.outsideWidth,
		}),
	);
	return { shapes: paths.join("") };
}

/** The severity's shape at the first point of each outside span, with the span's label. */
export function drawSeverities(chart: PreparedChart, frame: Frame): Drawing {
	const places = chart.outside.map((span) => ({ span, ...firstPoint(chart, frame, span) }));
	return {
		shapes: places
			.map(({ span, x, y }) =>
				severityShape(span.severity, {
					x,
					y,
					ink: frame.theme.severity[span.severity].ink,
					surface: frame.theme.surface,
				}),
			)
			.join(""),
		labels: places.map(({ span, x, y }) => spanLabel(frame, span.label, x, y)),
		solids: places.map(({ x, y }): Box => ({ left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 })),
	};
}

/** Where the span has no sample (the line is missing there) the shape stands at the middle height of its start. */
function firstPoint(chart: PreparedChart, frame: Frame, span: OutsideSpan): { x: number; y: number } {
	const { plot } = frame;
	const first = pointsWithin(chart.values[0]?.points ?? [], span).find((point) => point.v !== null);
	const x = frame.x(first?.t ?? span.startMs);
	const y = first === undefined ? (plot.top + plot.bottom) / 2 : frame.y(first.v ?? 0);
	return { x: clamp(x, plot.left, plot.right), y: clamp(y, plot.top, plot.bottom) };
}

function spanLabel(frame: Frame, text: string, x: number, y: number): Label {
	return {
		text,
		fill: frame.theme.text,
		weight: 600,
		spots: [
			{ x: x - 13, y: y - 4, anchor: "end" },
			{ x: x - 13, y: y - 14, anchor: "end" },
			{ x: x + 13, y: y - 4, anchor: "start" },
			{ x, y: y - 15, anchor: "middle" },
			{ x: x - 13, y: y + 18, anchor: "end" },
			{ x: x + 13, y: y + 18, anchor: "start" },
			{ x, y: y + 24, anchor: "middle" },
		],
	};
}
