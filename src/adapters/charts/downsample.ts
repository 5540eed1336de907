import type { ChartPoint } from "../../domain/chart.ts";

/**
 * Fewer points that draw the same line: of each of `columns` equal slices of time (one a pixel column) the first, the
 * lowest, the highest and the last point stay, after M4 (Jugel et al., VLDB 2014), and so does every point that `keep`
 * names. Points are oldest first. A point without a value stays as a break; breaks in a row become one.
 */
export function downsample(
	points: readonly ChartPoint[],
	columns: number,
	keep: (point: ChartPoint) => boolean = () => false,
): ChartPoint[] {
	const first = points[0];
	const last = points.at(-1);
	if (first === undefined || last === undefined) return [];
	const sliceMs = (last.t - first.t) / Math.max(1, Math.floor(columns)) || 1;
	const kept: ChartPoint[] = [];
	let slice: ChartPoint[] = [];
	let sliceIndex = 0;
	const closeSlice = () => {
		for (const point of extremes(slice, keep)) kept.push(point);
		slice = [];
	};
	for (const point of points) {
		const index = Math.floor((point.t - first.t) / sliceMs);
		if (point.v === null || index !== sliceIndex) closeSlice();
		sliceIndex = index;
		if (point.v !== null) slice.push(point);
		else if (kept.at(-1)?.v !== null) kept.push(point);
	}
	closeSlice();
	return kept;
}

/** First, lowest, highest, last and the kept points of one slice, in their order. */
function extremes(slice: readonly ChartPoint[], keep: (point: ChartPoint) => boolean): readonly ChartPoint[] {
	if (slice.length <= 4) return slice;
	let lowest = 0;
	let highest = 0;
	slice.forEach((point, index) => {
		if (Number(point.v) < Number(slice[lowest]?.v)) lowest = index;
		if (Number(point.v) > Number(slice[highest]?.v)) highest = index;
	});
	return slice.filter(
		(point, index) =>
			index === 0 || index === lowest || index === highest || index === slice.length - 1 || keep(point),
	);
}
