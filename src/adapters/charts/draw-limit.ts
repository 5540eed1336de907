import { type Drawing, NOTHING } from "./drawing.ts";
import type { Frame } from "./frame.ts";
import type { Label, Spot } from "./place-labels.ts";
import type { PreparedChart } from "./prepare-chart.ts";
import { element } from "./svg.ts";
import { STROKE } from "./tokens.ts";

/** The limit as a dashed line with its label on it; a limit beyond the scale is named in words at that edge. */
export function drawLimit(chart: PreparedChart, frame: Frame): Drawing {
	const { limit } = chart;
	const { plot, values, theme } = frame;
	if (limit === undefined || values === undefined) return NOTHING;
	const beyond = (side: string) => (limit.label === "" ? "" : `${side}: ${limit.label}`);
	const label = (text: string, spots: readonly Spot[]): Label => ({
		text,
		fill: theme.text2,
		weight: 500,
		spots,
	});
	const start = plot.left + 6;
	if (limit.value > values.high)
		return { shapes: "", labels: [label(beyond("above"), edgeSpots(frame, plot.top + 12))] };
	if (limit.value < values.low)
		return { shapes: "", labels: [label(beyond("below"), edgeSpots(frame, plot.bottom - 8))] };
	const y = frame.y(limit.value);
	const middle = (plot.left + plot.right) / 2;
	return {
		shapes: element("line", {
			"data-mark": "limit",
			x1: plot.left,
			x2: plot.right,
			y1: y,
			y2: y,
			stroke: theme.text2,
			"stroke-width": STROKE.thinWidth,
			"stroke-dasharray": STROKE.limitDash,
		}),
		labels: [
			label(limit.label, [
				{ x: start, y: y - 6, anchor: "start" },
				{ x: start, y: y + 15, anchor: "start" },
				{ x: plot.right - 6, y: y - 6, anchor: "end" },
				{ x: middle, y: y - 6, anchor: "middle" },
				{ x: plot.right - 6, y: y + 15, anchor: "end" },
				{ x: middle, y: y + 15, anchor: "middle" },
			]),
		],
		lines: [
			[
				[
					[plot.left, y],
					[plot.right, y],
				],
			],
		],
	};
}

function edgeSpots({ plot }: Frame, y: number): readonly Spot[] {
	return [
		{ x: plot.left + 6, y, anchor: "start" },
		{ x: plot.right - 6, y, anchor: "end" },
		{ x: (plot.left + plot.right) / 2, y, anchor: "middle" },
	];
}
