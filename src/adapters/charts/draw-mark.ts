import { isWithin } from "./clean-points.ts";
import { type Drawing, NOTHING } from "./drawing.ts";
import type { Frame } from "./frame.ts";
import type { Box } from "./geometry.ts";
import type { Label } from "./place-labels.ts";
import type { PreparedChart } from "./prepare-chart.ts";
import { element } from "./svg.ts";

/** A dot with its label at the value the sentence speaks of; without one, a plain dot at the end of a single line. */
export function drawMark(chart: PreparedChart, frame: Frame): Drawing {
	const { mark } = chart;
	const end = chart.values[0]?.points.findLast((point) => point.v !== null);
	if (mark === undefined) {
		if (end === undefined || chart.values.length !== 1) return NOTHING;
		return dot(frame.x(end.t), frame.y(end.v ?? 0), inkAt(chart, frame, end.t), frame);
	}
	const isForecast = end !== undefined && mark.t > end.t && (chart.forecast?.points.length ?? 0) > 0;
	const [x, y] = [frame.x(mark.t), frame.y(mark.v)];
	const drawn = dot(x, y, isForecast ? frame.theme.text2 : inkAt(chart, frame, mark.t), frame);
	return { ...drawn, labels: [markLabel(frame, mark.label, x, y)] };
}

function inkAt(chart: PreparedChart, frame: Frame, t: number): string {
	const span = chart.outside.find((each) => isWithin(t, each));
	return (
		(span === undefined ? frame.theme.series[0] : frame.theme.severity[span.severity].ink) ?? frame.theme.text
	);
}

function dot(x: number, y: number, fill: string, frame: Frame): Drawing {
	const box: Box = { left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 };
	const halo = element("circle", { cx: x, cy: y, r: 6, fill: frame.theme.surface });
	return {
		shapes: halo + element("circle", { "data-mark": "dot", cx: x, cy: y, r: 4, fill }),
		solids: [box],
	};
}

function markLabel(frame: Frame, text: string, x: number, y: number): Label {
	return {
		text,
		fill: frame.theme.text,
		weight: 600,
		spots: [
			{ x, y: y - 12, anchor: "middle" },
			{ x: x - 11, y: y + 3, anchor: "end" },
			{ x: x + 11, y: y + 3, anchor: "start" },
			{ x, y: y + 20, anchor: "middle" },
			{ x: x - 9, y: y - 10, anchor: "end" },
			{ x: x + 9, y: y - 10, anchor: "start" },
			{ x: x + 9, y: y + 18, anchor: "start" },
			{ x: x - 9, y: y + 18, anchor: "end" },
		],
	};
}
