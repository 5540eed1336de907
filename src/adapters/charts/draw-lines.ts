import type { Drawing } from "./drawing.ts";
import { type Frame, namesLines } from "./frame.ts";
import type { Point } from "./geometry.ts";
import { lineRuns, outsideBand } from "./line-runs.ts";
import type { Label, Spot } from "./place-labels.ts";
import type { PreparedChart, PreparedLine } from "./prepare-chart.ts";
import { element, pathData } from "./svg.ts";
import { SERIES_DASHES, STROKE } from "./tokens.ts";

type Runs = readonly (readonly Point[])[];

/** The lines the chart is about, each with its colour, its dashes and, where there are several, its name at its end. */
export function drawValueLines(chart: PreparedChart, frame: Frame): Drawing {
	const keep = outsideBand(chart);
	const drawn = chart.values.map((line, index) => ({
		line,
		runs: lineRuns(line.points, frame, index === 0 ? keep : undefined),
	}));
	const shapes = drawn.map(({ runs }, index) =>
		strokePath("value", runs, {
			stroke: frame.theme.series[index],
			"stroke-width": STROKE.lineWidth,
			"stroke-dasharray": SERIES_DASHES[index],
		}),
	);
	const named = namesLines(chart) ? drawn : [];
	return {
		shapes: shapes.join(""),
		labels: named.flatMap(({ line, runs }) => nameAtEnd(line.name, runs, frame.theme.text, 600)),
		lines: drawn.map(({ runs }) => runs),
	};
}

/** The other series, thin and grey, named together at the end of one of them. */
export function drawRestLines(chart: PreparedChart, frame: Frame): Drawing {
	const drawn = chart.rest.map((line) => lineRuns(line.points, frame));
	const shapes = drawn.map((runs) =>
		strokePath("rest", runs, { stroke: frame.theme.lineStrong, "stroke-width": 1, opacity: 0.6 }),
	);
	const labels = drawn
		.flatMap((runs) => nameAtEnd(chart.restLabel, runs, frame.theme.text2, 500))
		.slice(0, 1);
	return { shapes: shapes.join(""), labels };
}

/** Another period, in fine dots, named in words beside its line. */
export function drawComparedLines(chart: PreparedChart, frame: Frame): Drawing {
	const drawn = chart.compared.map((line) => ({ line, runs: lineRuns(line.points, frame) }));
	const shapes = drawn.map(({ runs }) =>
		strokePath("compared", runs, {
			stroke: frame.theme.text3,
			"stroke-width": STROKE.thinWidth,
			"stroke-dasharray": STROKE.comparedDash,
		}),
	);
	return {
		shapes: shapes.join(""),
		labels: drawn.flatMap(({ line, runs }) => comparedLabel(line, runs, frame)),
		lines: drawn.map(({ runs }) => runs),
	};
}

/** A stroked path of joined points; nothing for a line without any. */
export function strokePath(
	name: string,
	runs: Runs,
	attributes: Readonly<Record<string, string | number | undefined>>,
): string {
	if (runs.length === 0) return "";
	return element("path", {
		"data-mark": name,
		fill: "none",
		"stroke-linejoin": "round",
		"stroke-linecap": "round",
		...attributes,
		d: pathData(runs),
	});
}

function nameAtEnd(name: string, runs: Runs, fill: string, weight: 500 | 600): readonly Label[] {
	const end = runs.at(-1)?.at(-1);
	if (name === "" || end === undefined) return [];
	const [x, y] = [end[0] + 7, end[1] + 4];
	const shifts = [0, -8, 8, -16, 16, -24, 24, -32, 32, -48, 48];
	return [{ text: name, fill, weight, spots: shifts.map((dy): Spot => ({ x, y: y + dy, anchor: "start" })) }];
}

function comparedLabel(line: PreparedLine, runs: Runs, frame: Frame): readonly Label[] {
	const points = runs.flat();
	if (line.name === "" || points.length === 0) return [];
	const spots = [0.85, 0.65, 0.45, 0.25].flatMap((share): Spot[] => {
		const [x, y] = points[Math.floor((points.length - 1) * share)] ?? [0, 0];
		return [22, 36, 50, 64, -14, -28, -42].map((dy): Spot => ({ x, y: y + dy, anchor: "middle" }));
	});
	return [{ text: `dotted: ${line.name}`, fill: frame.theme.text2, weight: 500, spots }];
}
