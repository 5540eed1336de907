import { type PackedKind, packArrays, unpackArrays } from "../packed-arrays.ts";
import type { IsolationForest } from "./isolation-forest.ts";

export const VERSION = 1;
const KIND: PackedKind = { content: 2, version: VERSION };

/** The forest as bytes of a version of their own, with a check sum; `readIsolationForest` reads them. */
export function isolationForestBytes(forest: IsolationForest): Uint8Array {
	const { columns, sample, fill, roots, feature, threshold, left } = forest;
	return packArrays(KIND, [
		Int32Array.of(columns, sample),
		fill,
		roots,
		Int32Array.from(feature),
		threshold,
		left,
	]);
}

/** The forest that `isolationForestBytes` wrote; undefined for bytes that are damaged, newer or something else. */
export function readIsolationForest(bytes: Uint8Array): IsolationForest | undefined {
	const [sizes, fill, roots, feature, threshold, left] = unpackArrays(KIND, bytes) ?? [];
	if (!(sizes instanceof Int32Array && fill instanceof Float32Array && roots instanceof Int32Array))
		return undefined;
	if (!(feature instanceof Int32Array && threshold instanceof Float32Array && left instanceof Int32Array))
		return undefined;
	const [columns = 0, sample = 0] = sizes;
	const forest = { columns, sample, fill, roots, feature: Int16Array.from(feature), threshold, left };
	return isSound(forest) ? forest : undefined;
}

/** Whether every path ends within its tree: what is sound can be walked without a look at the bounds. */
function isSound({ columns, sample, fill, roots, feature, threshold, left }: IsolationForest): boolean {
	if (columns < 1 || columns > 32_767 || sample < 2 || sample > 65_536 || roots.length < 1) return false;
	if (fill.length !== columns || threshold.length !== feature.length || left.length !== feature.length)
		return false;
	if (roots[0] !== 0 || !fill.every(Number.isFinite) || !threshold.every(Number.isFinite)) return false;
	for (let tree = 0; tree < roots.length; tree += 1) {
		const end = roots[tree + 1] ?? feature.length;
		const root = roots[tree] ?? 0;
		if (end <= root || end > feature.length) return false;
		for (let node = root; node < end; node += 1) {
			const column = feature[node] ?? -1;
			const on = left[node] ?? 0;
			const length = threshold[node] ?? 0;
			if (column === -1 ? on !== 0 || length < 0 : column < 0 || column >= columns || on < 1) return false;
			if (column >= 0 && node + on + 1 >= end) return false;
		}
	}
	return true;
}
