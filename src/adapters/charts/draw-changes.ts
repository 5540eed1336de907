import type { Drawing } from "./drawing.ts";
import type { Frame } from "./frame.ts";
import type { Label, Spot } from "./place-labels.ts";
import type { PreparedChart } from "./prepare-chart.ts";
import { element } from "./svg.ts";
import { STROKE } from "./tokens.ts";

/** What changed from outside: a fine dotted upright with its label at the top. */
export function drawChanges(chart: PreparedChart, frame: Frame): Drawing {
	const { plot, theme } = frame;
	const uprights = chart.changes.map((change) => ({ x: frame.x(change.t), weight: 0.04 }));
	const lines = uprights.map(({ x }) =>
		element("line", {
			"data-mark": "change",
			x1: x,
			x2: x,
			y1: plot.top + 16,
			y2: plot.bottom,
			stroke: theme.lineStrong,
			"stroke-dasharray": STROKE.changeDash,
		}),
	);
	const labels = chart.changes.map(
		(change): Label => ({
			text: change.label,
			fill: theme.text2,
			weight: 500,
			spots: changeSpots(frame.x(change.t), plot.top + 10),
		}),
	);
	return { shapes: lines.join(""), labels, uprights };
}

function changeSpots(x: number, y: number): readonly Spot[] {
	return [0, 16, 32, 48].flatMap((dy): Spot[] => [
		{ x, y: y + dy, anchor: "middle" },
		{ x: x - 5, y: y + dy, anchor: "end" },
		{ x: x + 5, y: y + dy, anchor: "start" },
	]);
}
