import { type Drawing, NOTHING } from "./drawing.ts";
import type { Frame } from "./frame.ts";
import type { Point } from "./geometry.ts";
import type { Label, Spot } from "./place-labels.ts";
import type { PreparedChart } from "./prepare-chart.ts";
import { element, pathData } from "./svg.ts";
import { textWidthPx } from "./text-width.ts";
import { STROKE } from "./tokens.ts";

/** The expected band: an area without edges, paler while it is being learned, named at its left end. */
export function drawBand(chart: PreparedChart, frame: Frame): Drawing {
	const points = chart.band?.points ?? [];
	if (chart.band === undefined || points.length < 2) return NOTHING;
	const upper = points.map((point): Point => [frame.x(point.t), frame.y(point.high)]);
	const lower = points.map((point): Point => [frame.x(point.t), frame.y(point.low)]);
	return {
		shapes: element("path", {
			"data-mark": chart.learning ? "band learning" : "band",
			fill: frame.theme.series[0],
			opacity: chart.learning ? STROKE.learningBandOpacity : STROKE.bandOpacity,
			d: `${pathData([[...upper, ...lower.toReversed()]])}Z`,
		}),
		labels: [bandLabel(chart, frame, chart.band.label, upper, lower)],
	};
}

function bandLabel(
	chart: PreparedChart,
	frame: Frame,
	text: string,
	upper: readonly Point[],
	lower: readonly Point[],
): Label {
	const width = textWidthPx(text, 500);
	const left = Math.max(frame.plot.left, upper[0]?.[0] ?? 0) + 12;
	const beside = (points: readonly Point[], x: number) =>
		points.filter(([pointX]) => pointX >= x - 4 && pointX <= x + width + 4).map(([, y]) => y);
	const spots = [left, left + 60, left + 160, left + 280].flatMap((x): Spot[] => [
		{ x, y: Math.min(...beside(upper, x), frame.plot.bottom) - 6, anchor: "start" },
		{ x, y: Math.max(...beside(lower, x), frame.plot.top) + 15, anchor: "start" },
	]);
	const last = chart.values[0]?.points.findLast((point) => point.v !== null);
	const afterLine: Spot[] =
		chart.learning && last !== undefined
			? [{ x: frame.x(last.t) + 18, y: frame.y(last.v ?? 0) - 2, anchor: "start" }]
			: [];
	return { text, fill: frame.theme.text2, weight: 500, spots: [...afterLine, ...spots] };
}
