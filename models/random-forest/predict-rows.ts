import { binOf } from "./bin-columns.ts";
import { applyCalibration } from "./calibrate-votes.ts";
import type { TrainedForest } from "./forest-bytes.ts";

/** Rows that walk one tree before the next is taken up: a tree stays in the nearest cache, and so do the rows. */
const BLOCK = 128;

/** Gives the probability of each class for rows of numbers, row by row, into `out`; allocates nothing per call. */
export function predictorOf(forest: TrainedForest): (values: Float32Array, out: Float64Array) => void {
	const { columns, classes, bins, calibration } = forest;
	const { roots, nodes, leaves } = forest.trees;
	const cells = new Uint8Array(BLOCK * columns);
	return (values, out) => {
		const count = values.length / columns;
		out.fill(0, 0, count * classes);
		for (let first = 0; first < count; first += BLOCK) {
			const size = Math.min(BLOCK, count - first);
			for (let row = 0; row < size; row += 1)
				for (let column = 0; column < columns; column += 1)
					cells[row * columns + column] = binOf(
						bins,
						column,
						values[(first + row) * columns + column] ?? Number.NaN,
					);
			for (let tree = 0; tree < roots.length; tree += 1) {
				const root = 2 * (roots[tree] ?? 0);
				for (let row = 0; row < size; row += 1) {
					const from = row * columns;
					let at = root;
					let split = nodes[at] ?? -1;
					while (split >= 0) {
						const bin = cells[from + (split >> 8)] ?? 0;
						// A number rather than a branch: the processor can't foresee it.
						at = 2 * ((nodes[at + 1] ?? 0) + Number(bin > (split & 255)));
						split = nodes[at] ?? -1;
					}
					const leaf = (nodes[at + 1] ?? 0) * classes;
					const to = (first + row) * classes;
					for (let k = 0; k < classes; k += 1) out[to + k] = (out[to + k] ?? 0) + (leaves[leaf + k] ?? 0);
				}
			}
		}
		for (let row = 0; row < count; row += 1) {
			const to = row * classes;
			// Shares in leaves are rounded, so their sum is not quite the number of trees.
			let sum = 0;
			for (let k = 0; k < classes; k += 1) sum += out[to + k] ?? 0;
			for (let k = 0; k < classes; k += 1) out[to + k] = (out[to + k] ?? 0) / sum;
			applyCalibration(calibration, out, to, classes);
		}
	};
}
