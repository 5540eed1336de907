import { strokePath } from "./draw-lines.ts";
import { type Drawing, NOTHING } from "./drawing.ts";
import type { Frame } from "./frame.ts";
import type { Point } from "./geometry.ts";
import type { Label, Spot } from "./place-labels.ts";
import type { ForecastRange, PreparedChart } from "./prepare-chart.ts";
import { element, pathData } from "./svg.ts";
import { STROKE } from "./tokens.ts";

/** A forecast that begins this near to the last sample (as a share of the span) is joined to it. */
const JOIN_SHARE = 0.05;

/** What comes if nothing is done: dots, with the 80 % range as a grey fan, and a label beside them. */
export function drawForecast(chart: PreparedChart, frame: Frame): Drawing {
	const points = joined(chart);
	if (chart.forecast === undefined || points.length === 0) return NOTHING;
	const at = (pick: (point: ForecastRange) => number) =>
		points.map((point): Point => [frame.x(point.t), frame.y(pick(point))]);
	const middle = at((point) => point.v);
	const fan = element("path", {
		"data-mark": "fan",
		fill: frame.theme.text3,
		opacity: STROKE.fanOpacity,
		d: `${pathData([[...at((point) => point.high), ...at((point) => point.low).toReversed()]])}Z`,
	});
	const dots = strokePath("forecast", [middle], {
		stroke: frame.theme.text2,
		"stroke-width": STROKE.lineWidth,
		"stroke-dasharray": STROKE.forecastDash,
	});
	return {
		shapes: fan + dots,
		labels: [forecastLabel(frame, chart.forecast.label, middle)],
		lines: [[middle]],
	};
}

function joined(chart: PreparedChart): readonly ForecastRange[] {
	const points = chart.forecast?.points ?? [];
	const firstMs = points[0]?.t;
	if (firstMs === undefined) return [];
	const last = chart.values[0]?.points.findLast((point) => point.v !== null && point.t <= firstMs);
	if (last === undefined || last.t === firstMs) return points;
	const isNear = firstMs - last.t <= (chart.endMs - chart.startMs) * JOIN_SHARE;
	const v = last.v ?? 0;
	return isNear ? [{ t: last.t, v, low: v, high: v }, ...points] : points;
}

function forecastLabel(frame: Frame, text: string, line: readonly Point[]): Label {
	const shown = line.filter(([, y]) => y >= frame.plot.top && y <= frame.plot.bottom);
	const pick = (share: number): Point => shown[Math.floor((shown.length - 1) * share)] ?? line[0] ?? [0, 0];
	const start = pick(0);
	const spots = [22, 40, 58, 76].map((dy): Spot => ({ x: start[0] + 16, y: start[1] + dy, anchor: "start" }));
	for (const share of [0.5, 0.25, 0.75, 1]) {
		const [x, y] = pick(share);
		spots.push(
			{ x: x + 14, y: y + 18, anchor: "start" },
			{ x: x - 14, y: y - 10, anchor: "end" },
			{ x, y: y + 26, anchor: "middle" },
			{ x, y: y - 16, anchor: "middle" },
		);
	}
	return { text, fill: frame.theme.text2, weight: 500, spots };
}
