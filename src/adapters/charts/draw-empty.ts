import { type Drawing, NOTHING } from "./drawing.ts";
import type { Frame } from "./frame.ts";
import type { PreparedChart } from "./prepare-chart.ts";

const SENTENCE = "No samples in this span.";

/** A chart none of whose lines has a value in its span says so, in one sentence in the middle of its frame. */
export function drawEmpty(chart: PreparedChart, { plot, theme }: Frame): Drawing {
	const lines = [...chart.values, ...chart.compared, ...chart.rest];
	if (lines.some((line) => line.points.some((point) => point.v !== null))) return NOTHING;
	const [x, y] = [(plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2 + 4];
	return {
		shapes: "",
		labels: [
			{
				text: SENTENCE,
				fill: theme.text2,
				weight: 500,
				spots: [0, 20, -20, 40, -40].map((dy) => ({ x, y: y + dy, anchor: "middle" })),
			},
		],
	};
}
