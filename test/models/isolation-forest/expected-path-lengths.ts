import { usualPathLength } from "../../../models/isolation-forest/isolation-forest.ts";

/**
 * The expected path length of each of the sorted `values` in an isolation tree of all of them, worked out: an even
 * draw falls into a gap as often as the gap is wide, and either side is such a tree again.
 */
export function expectedPathLengths(values: readonly number[], limit: number): readonly number[] {
	const lengthOf = (which: number, from: number, to: number, depth: number): number => {
		const wide = (values[to - 1] ?? 0) - (values[from] ?? 0);
		if (depth === limit || wide === 0) return depth + usualPathLength(to - from);
		let length = 0;
		for (let cut = from + 1; cut < to; cut += 1) {
			const chance = ((values[cut] ?? 0) - (values[cut - 1] ?? 0)) / wide;
			if (chance === 0) continue;
			length +=
				chance * (which < cut ? lengthOf(which, from, cut, depth + 1) : lengthOf(which, cut, to, depth + 1));
		}
		return length;
	};
	return values.map((_, which) => lengthOf(which, 0, values.length, 0));
}
