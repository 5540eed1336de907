import { type Drawing, NOTHING } from "./drawing.ts";
import type { Frame } from "./frame.ts";
import type { PreparedChart } from "./prepare-chart.ts";
import { element } from "./svg.ts";

const BAR_PX = 3;

/** The time in which the result was checked: a bar on the time axis, with its label. */
export function drawChecked(chart: PreparedChart, frame: Frame): Drawing {
	const { checked } = chart;
	const { plot, theme } = frame;
	if (checked === undefined) return NOTHING;
	const from = frame.x(checked.startMs);
	const to = Math.max(frame.x(checked.endMs), from + 1);
	const y = plot.bottom - 1;
	return {
		shapes: element("line", {
			"data-mark": "checked",
			x1: from,
			x2: to,
			y1: y,
			y2: y,
			stroke: theme.ok,
			"stroke-width": BAR_PX,
			"stroke-linecap": "round",
		}),
		labels: [
			{
				text: checked.label,
				fill: theme.ok,
				weight: 600,
				spots: [
					{ x: to + 6, y: plot.bottom - 5, anchor: "start" },
					{ x: (from + to) / 2, y: plot.bottom - 8, anchor: "middle" },
					{ x: from - 6, y: plot.bottom - 5, anchor: "end" },
					{ x: to + 6, y: plot.bottom - 18, anchor: "start" },
				],
			},
		],
		solids: [{ left: from - 1, right: to + 1, top: y - 2, bottom: y + 2 }],
	};
}
