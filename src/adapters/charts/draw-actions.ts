import { clipText, shortenLabel } from "./clean-text.ts";
import type { Drawing } from "./drawing.ts";
import type { Frame } from "./frame.ts";
import { type Box, isInside, overlaps, type Point } from "./geometry.ts";
import { type Ink, inkShare, traceInk } from "./ink.ts";
import type { PreparedChart, PreparedEvent } from "./prepare-chart.ts";
import { element, escapeXml, px } from "./svg.ts";
import { textWidthPx } from "./text-width.ts";

const FLAG_HEIGHT_PX = 18;
const FLAG_PADDING_PX = 8;
const FLAG_ROW_PX = 22;
const ROUNDING_PX = 4;

type Flag = { readonly text: string; readonly x: number; readonly box: Box; readonly toRight: boolean };

/** What we did: an upright line with a flag, at the moment of the call. Flags never cover one another. */
export function drawActions(
	chart: PreparedChart,
	frame: Frame,
	lines: readonly (readonly (readonly Point[])[])[],
): Drawing {
	const { plot, theme } = frame;
	const inks = lines.map((runs) => traceInk(runs, frame.widthPx));
	const flags: Flag[] = [];
	for (const action of chart.actions) {
		const flag = placeFlag(action, frame, flags, inks);
		if (flag !== undefined) flags.push(flag);
	}
	const uprights = chart.actions.map((action) => ({ x: frame.x(action.t), weight: 1 }));
	const poles = uprights.map(({ x }) =>
		element("line", {
			"data-mark": "action",
			x1: x,
			x2: x,
			y1: plot.top,
			y2: plot.bottom,
			stroke: theme.accent,
			"stroke-width": 1.5,
		}),
	);
	return {
		shapes: poles.join("") + flags.map((flag) => flagShape(flag, frame)).join(""),
		solids: flags.map((flag) => flag.box),
		uprights,
	};
}

/** The first free row and side where the flag covers least of the lines; shortened when it fits nowhere in full. */
function placeFlag(
	action: PreparedEvent,
	frame: Frame,
	taken: readonly Flag[],
	inks: readonly Ink[],
): Flag | undefined {
	const x = frame.x(action.t);
	const region: Box = { ...frame.plot, right: frame.widthPx - 2 };
	const short = shortenLabel(action.label);
	const variants = [frame.narrow ? short : action.label, short, clipText(short, 24), clipText(short, 12)];
	for (const text of variants) {
		if (text === "") return undefined;
		const width = textWidthPx(text, 600) + FLAG_PADDING_PX * 2;
		let best: Flag | undefined;
		let bestCost = Infinity;
		for (let row = 0; row < 6; row++) {
			for (const toRight of [true, false]) {
				const top = frame.plot.top + row * FLAG_ROW_PX;
				const box = {
					left: toRight ? x : x - width,
					right: toRight ? x + width : x,
					top,
					bottom: top + FLAG_HEIGHT_PX,
				};
				if (!isInside(box, region) || taken.some((flag) => overlaps(box, flag.box, 2))) continue;
				const cost = inkShare(box, inks) + row * 0.5 + (toRight ? 0 : 0.05);
				if (cost >= bestCost) continue;
				best = { text, x, box, toRight };
				bestCost = cost;
			}
		}
		if (best !== undefined) return best;
	}
	return undefined;
}

function flagShape({ text, x, box, toRight }: Flag, frame: Frame): string {
	const reach = (box.right - box.left - ROUNDING_PX) * (toRight ? 1 : -1);
	const turn = toRight ? ROUNDING_PX : -ROUNDING_PX;
	const path = element("path", {
		"data-mark": "flag",
		fill: frame.theme.accent,
		d:
			`M${px(x)} ${px(box.top)}h${px(reach)}q${turn} 0 ${turn} ${ROUNDING_PX}` +
			`v${FLAG_HEIGHT_PX - ROUNDING_PX * 2}q0 ${ROUNDING_PX} ${-turn} ${ROUNDING_PX}h${px(-reach)}z`,
	});
	const label = element(
		"text",
		{
			x: (box.left + box.right) / 2,
			y: box.top + 13,
			"text-anchor": "middle",
			fill: frame.theme.onAccent,
			"font-weight": 600,
		},
		escapeXml(text),
	);
	return path + label;
}
