import { type PackedKind, packArrays, unpackArrays } from "../packed-arrays.ts";
import { type Bins, MOST_BINS } from "./bin-columns.ts";
import type { Trees } from "./grow-forest.ts";

/** A trained Random Forest as flat arrays. */
export type TrainedForest = {
	readonly columns: number;
	readonly classes: number;
	readonly bins: Bins;
	readonly trees: Trees;
	/** Slope and shift of each class; empty where votes stand as they are. */
	readonly calibration: Float64Array;
	readonly importances: Float64Array;
};

export const VERSION = 1;
const KIND: PackedKind = { content: 1, version: VERSION };

/** The forest as bytes; `readForest` reads them. */
export function forestBytes({
	columns,
	classes,
	bins,
	trees,
	calibration,
	importances,
}: TrainedForest): Uint8Array {
	const { roots, nodes, leaves } = trees;
	const sizes = Int32Array.of(columns, classes);
	return packArrays(KIND, [sizes, bins.starts, bins.ends, roots, nodes, leaves, calibration, importances]);
}

/** The forest that was written; undefined for bytes that are damaged, newer or something else. */
export function readForest(bytes: Uint8Array): TrainedForest | undefined {
	const [sizes, starts, ends, roots, nodes, leaves, calibration, importances] =
		unpackArrays(KIND, bytes) ?? [];
	if (!(sizes instanceof Int32Array && starts instanceof Int32Array && ends instanceof Float32Array))
		return undefined;
	if (!(roots instanceof Int32Array && nodes instanceof Int32Array && leaves instanceof Float32Array))
		return undefined;
	if (!(calibration instanceof Float64Array && importances instanceof Float64Array)) return undefined;
	const [columns = 0, classes = 0] = sizes;
	const trees = { roots, nodes, leaves };
	const forest = { columns, classes, bins: { starts, ends }, trees, calibration, importances };
	const sound =
		columns >= 1 &&
		columns <= 4096 &&
		classes >= 1 &&
		classes <= 16 &&
		hasSoundBins(forest) &&
		hasSoundTrees(forest) &&
		(calibration.length === 0 || calibration.length === 2 * classes) &&
		calibration.every(Number.isFinite) &&
		importances.length === columns &&
		importances.every((share) => share >= 0 && share <= 1);
	return sound ? forest : undefined;
}

function hasSoundBins({ columns, bins: { starts, ends } }: TrainedForest): boolean {
	if (starts.length !== columns + 1 || starts[0] !== 0 || starts[columns] !== ends.length) return false;
	for (let column = 0; column < columns; column += 1) {
		const from = starts[column] ?? 0;
		const to = starts[column + 1] ?? 0;
		if (to < from || to - from >= MOST_BINS) return false;
		for (let i = from; i < to; i += 1) {
			if (!Number.isFinite(ends[i])) return false;
			if (i > from && (ends[i] ?? 0) <= (ends[i - 1] ?? 0)) return false;
		}
	}
	return true;
}

/** Whether every path ends within its tree: what is sound can be walked without a look at the bounds. */
function hasSoundTrees({ columns, classes, trees: { roots, nodes, leaves } }: TrainedForest): boolean {
	if (roots.length < 1 || roots[0] !== 0 || nodes.length % 2 !== 0) return false;
	if (!leaves.every((share) => share >= 0 && share <= 1)) return false;
	const last = nodes.length / 2;
	for (let tree = 0; tree < roots.length; tree += 1) {
		const root = roots[tree] ?? 0;
		const end = roots[tree + 1] ?? last;
		if (end <= root || end > last) return false;
		for (let node = root; node < end; node += 1) {
			const split = nodes[2 * node] ?? -1;
			const on = nodes[2 * node + 1] ?? -1;
			const sound =
				split < 0
					? split === -1 && on >= 0 && (on + 1) * classes <= leaves.length
					: split >> 8 < columns && on > node && on + 1 < end;
			if (!sound) return false;
		}
	}
	return true;
}
