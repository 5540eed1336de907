import type { Drawing } from "./drawing.ts";
import type { Frame } from "./frame.ts";
import type { Point } from "./geometry.ts";
import type { Label } from "./place-labels.ts";
import type { PreparedChart } from "./prepare-chart.ts";
import { element, pathData } from "./svg.ts";
import { textWidthPx } from "./text-width.ts";
import { STROKE } from "./tokens.ts";

const HATCH_PX = 8.5;
const TEXT = "no data";

/** Spans without data: hatched, and named where the name fits; the widest is always named. */
export function drawGaps(chart: PreparedChart, frame: Frame): Drawing {
	const { plot } = frame;
	const gaps = chart.gaps.map((gap) => ({ from: frame.x(gap.startMs), to: frame.x(gap.endMs) }));
	const hatches = gaps.map(({ from, to }) =>
		element("path", {
			"data-mark": "gap",
			fill: "none",
			stroke: frame.theme.lineStrong,
			"stroke-width": 1.2,
			opacity: STROKE.hatchOpacity,
			d: pathData(hatch(from, to, plot.top, plot.bottom)),
		}),
	);
	const width = textWidthPx(TEXT, 500) + 4;
	const widest = gaps.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
	const named = gaps.filter((gap) => gap === widest || gap.to - gap.from >= width);
	const labels = named.map(({ from, to }): Label => {
		const x = (from + to) / 2;
		const heights = [plot.bottom - 9, plot.bottom - 26, plot.top + 14, (plot.top + plot.bottom) / 2];
		return {
			text: TEXT,
			fill: frame.theme.text2,
			weight: 500,
			spots: heights.map((y) => ({ x, y, anchor: "middle" })),
		};
	});
	return { shapes: hatches.join(""), labels };
}

/** Diagonals that rise to the right, cut at the edges of the box: no clip path and no pattern, so no ids are needed. */
function hatch(left: number, right: number, top: number, bottom: number): readonly (readonly Point[])[] {
	const lines: (readonly Point[])[] = [];
	for (let sum = Math.ceil((left + top) / HATCH_PX) * HATCH_PX; sum <= right + bottom; sum += HATCH_PX) {
		const fromX = Math.max(left, sum - bottom);
		const toX = Math.min(right, sum - top);
		if (toX - fromX < 0.2) continue;
		lines.push([
			[fromX, sum - fromX],
			[toX, sum - toX],
		]);
	}
	return lines;
}
