import type { Chart } from "../api/types.generated.ts";
import { formatScaled, type Scale, scaleFor } from "./format-quantity.ts";

/** A chart in numbers: one row per instant, one column per line and one for the expected band. */
export type ChartRows = {
	readonly columns: readonly string[];
	readonly rows: readonly { readonly t: number; readonly cells: readonly string[] }[];
	/** Instants left out because there are more than `most`. */
	readonly leftOut: number;
};

/** The instants of the first line, newest first, evenly thinned to at most `most` rows; the newest always stays. */
export function chartRows(chart: Chart, most: number): ChartRows {
	const all = (chart.lines[0]?.points ?? []).toReversed();
	const step = Math.max(1, Math.ceil(all.length / most));
	const instants = all.filter((_, index) => index % step === 0);
	const scale = scaleFor(chart.unit, largestValue(chart));
	const lines = chart.lines.map(({ points }) => new Map(points.map(({ t, v }) => [t, v])));
	const unit = scale.symbol ? `, ${scale.symbol}` : "";
	return {
		columns: [
			...chart.lines.map((line) => `${line.name}${unit}`),
			...(chart.band ? [`expected${unit}`] : []),
		],
		rows: instants.map(({ t }) => ({
			t,
			cells: [
				...lines.map((values) => formatScaled(values.get(t) ?? null, scale)),
				...(chart.band ? [bandAt(chart, t, scale)] : []),
			],
		})),
		leftOut: all.length - instants.length,
	};
}

function largestValue(chart: Chart): number {
	return Math.max(0, ...chart.lines.flatMap((line) => line.points.map(({ v }) => Math.abs(v ?? 0))));
}

/** The expected range at the last point of the band that is not after `t`. */
function bandAt(chart: Chart, t: number, scale: Scale): string {
	const range = chart.band?.points.findLast((point) => point.t <= t);
	return range ? `${formatScaled(range.low, scale)}–${formatScaled(range.high, scale)}` : "not known";
}
