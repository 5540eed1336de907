import { type PackedKind, packArrays, unpackArrays } from "../packed-arrays.ts";
import { areSound, type FlatTrees } from "./flat-trees.ts";

/** A forest that a named package grew. */
export type NamedForest = {
	readonly trees: FlatTrees;
	/** Each column's median, for missing numbers. */
	readonly fill: Float32Array;
	/** Rows that it was trained on, or classes. */
	readonly size: number;
};

/** The forest as bytes of that kind. */
export function namedBytes(kind: PackedKind, { trees, fill, size }: NamedForest): Uint8Array {
	const { columns, roots, column, threshold, right, ends } = trees;
	return packArrays(kind, [Int32Array.of(columns, size), fill, roots, column, threshold, right, ends]);
}

/** The forest that was written; undefined for bytes that are damaged, newer or something else. */
export function readNamed(kind: PackedKind, bytes: Uint8Array): NamedForest | undefined {
	const [sizes, fill, roots, column, threshold, right, ends] = unpackArrays(kind, bytes) ?? [];
	if (!(sizes instanceof Int32Array && fill instanceof Float32Array && roots instanceof Int32Array))
		return undefined;
	if (!(column instanceof Int32Array && threshold instanceof Float32Array && right instanceof Int32Array))
		return undefined;
	if (!(ends instanceof Float64Array)) return undefined;
	const [columns = 0, size = 0] = sizes;
	const trees = { columns, roots, column, threshold, right, ends };
	const sound = fill.length === columns && fill.every(Number.isFinite) && size >= 1 && areSound(trees);
	return sound ? { trees, fill, size } : undefined;
}
