import { type Box, clamp, type Point } from "./geometry.ts";

/** Where lines run, by pixel column: the highest and the lowest place of the line in each; labels shy away from it. */
export type Ink = { readonly tops: Float32Array; readonly bottoms: Float32Array };

/** The columns that the joined points of each run pass through, in a drawing of `widthPx`. */
export function traceInk(runs: readonly (readonly Point[])[], widthPx: number): Ink {
	const columns = Math.ceil(widthPx) + 1;
	const tops = new Float32Array(columns).fill(Infinity);
	const bottoms = new Float32Array(columns).fill(-Infinity);
	const touch = (column: number, y: number) => {
		if (!(column >= 0 && column < columns)) return;
		tops[column] = Math.min(tops[column] ?? y, y);
		bottoms[column] = Math.max(bottoms[column] ?? y, y);
	};
	for (const run of runs) {
		run.forEach(([x, y], index) => {
			const [fromX, fromY] = run[index - 1] ?? [x, y];
			touch(Math.round(x), y);
			const [low, high] = fromX < x ? [fromX, x] : [x, fromX];
			for (let column = Math.ceil(clamp(low, 0, columns)); column <= Math.min(high, columns); column++) {
				const share = high - low < 1e-9 ? 1 : (column - fromX) / (x - fromX);
				touch(column, fromY + (y - fromY) * share);
			}
		});
	}
	return { tops, bottoms };
}

/** Which share (0-1) of the box's columns has ink in the box. */
export function inkShare(box: Box, inks: readonly Ink[]): number {
	const first = Math.floor(box.left);
	const last = Math.ceil(box.right);
	let inked = 0;
	for (let column = first; column <= last; column++) {
		const isHit = inks.some(
			({ tops, bottoms }) =>
				(tops[column] ?? Infinity) <= box.bottom && (bottoms[column] ?? -Infinity) >= box.top,
		);
		if (isHit) inked++;
	}
	return inked / Math.max(1, last - first + 1);
}
