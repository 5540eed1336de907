import type { LabelledData } from "../check-forest-data.ts";
import { type Ground, SplitFinder } from "./find-split.ts";
import { NodeBuffer } from "./node-buffer.ts";

/** Trees as flat arrays; `walkTree` says how they are read. */
export type Trees = {
	/** The node that each tree starts at. */
	readonly roots: Int32Array;
	/**
	 * Two numbers a node: (column << 8) | bin, and the left child, whose neighbour is the right one. Where a path ends:
	 * -1, and the leaf.
	 */
	readonly nodes: Int32Array;
	/** The share of each class in a leaf: `leaves[leaf * classes + class]`. */
	readonly leaves: Float32Array;
};

export type Grown = {
	readonly trees: Trees;
	/** What the trees that did not see a row say of it, summed up: `votes[row * classes + class]`. */
	readonly votes: Float64Array;
	/** By how much the splits of each column lowered the impurity, weighted by rows and summed over all trees. */
	readonly decrease: Float64Array;
};

export type Growth = {
	readonly trees: number;
	readonly splitColumns: number;
	readonly depth: number;
	/** Fewer different rows than this are not split. */
	readonly splitRows: number;
	readonly random: () => number;
};

/** What one open branch is, on the stack: its node, first and last row (exclusive), and the splits above it. */
const BRANCH = 4;

/**
 * Grows a Random Forest (Breiman 2001): each tree from as many rows as there are, drawn with replacement, each split on
 * the best of `splitColumns` columns drawn anew, until leaves are pure or
 * their rows alike. Columns that are constant in a branch are not
 * counted as drawn, as in scikit-learn. O(trees splitColumns rows log rows).
 */
export function growForest(data: LabelledData, bins: Uint8Array, growth: Growth): Grown {
	const { rows: count, columns, labels, classes } = data;
	const { random } = growth;
	const ground = groundOf(data, bins);
	const { cells, shift } = ground;
	const finder = new SplitFinder(ground);
	const out = new NodeBuffer(classes, growth.trees * Math.min(count, 512));
	const roots = new Int32Array(growth.trees);
	const votes = new Float64Array(count * classes);
	const decrease = new Float64Array(columns);
	const rows = new Int32Array(count);
	const order = Int32Array.from({ length: columns }, (_, column) => column);
	const totals = new Float64Array(classes);
	const stack = new Int32Array(BRANCH * (growth.depth + 2));

	const drawRows = (): number => {
		const { weights } = ground;
		weights.fill(0);
		for (let i = 0; i < count; i += 1) {
			const row = Math.floor(random() * count);
			weights[row] = (weights[row] ?? 0) + (data.weights[labels[row] ?? 0] ?? 1);
		}
		let drawn = 0;
		for (let row = 0; row < count; row += 1) {
			if (weights[row] === 0) continue;
			rows[drawn] = row;
			drawn += 1;
		}
		return drawn;
	};

	/** The best column of those drawn, -1 where every row is alike; its cut is left in `bestCut`. */
	let bestCut = 0;
	let bestQuality = 0;
	const drawSplit = (from: number, to: number): number => {
		let best = -1;
		bestQuality = -1;
		let looked = 0;
		for (let i = 0; i < columns && looked < growth.splitColumns; i += 1) {
			const at = i + Math.floor(random() * (columns - i));
			const column = order[at] ?? 0;
			order[at] = order[i] ?? 0;
			order[i] = column;
			if (!finder.look(column, rows, from, to, totals)) continue;
			looked += 1;
			if (finder.quality <= bestQuality) continue;
			bestQuality = finder.quality;
			bestCut = finder.cut;
			best = column;
		}
		return best;
	};

	const part = (column: number, from: number, to: number): number => {
		const base = column * count;
		const above = (bestCut + 1) << shift;
		let middle = from;
		for (let i = from; i < to; i += 1) {
			const row = rows[i] ?? 0;
			if ((cells[base + row] ?? 0) >= above) continue;
			rows[i] = rows[middle] ?? 0;
			rows[middle] = row;
			middle += 1;
		}
		return middle;
	};

	for (let tree = 0; tree < growth.trees; tree += 1) {
		const root = out.addNodes(1);
		roots[tree] = root;
		stack[0] = root;
		stack[1] = 0;
		stack[2] = drawRows();
		stack[3] = 0;
		let top = BRANCH;
		while (top > 0) {
			top -= BRANCH;
			const node = stack[top] ?? 0;
			const from = stack[top + 1] ?? 0;
			const to = stack[top + 2] ?? 0;
			const depth = stack[top + 3] ?? 0;
			totals.fill(0);
			for (let i = from; i < to; i += 1) {
				const row = rows[i] ?? 0;
				const label = labels[row] ?? 0;
				totals[label] = (totals[label] ?? 0) + (ground.weights[row] ?? 0);
			}
			let weight = 0;
			let squares = 0;
			for (let k = 0; k < classes; k += 1) {
				const total = totals[k] ?? 0;
				weight += total;
				squares += total * total;
			}
			const before = squares / weight;
			const pure = weight - before < 1e-9 * weight;
			const column = pure || to - from < growth.splitRows || depth >= growth.depth ? -1 : drawSplit(from, to);
			if (column < 0) {
				out.endPath(node, totals, weight);
				continue;
			}
			decrease[column] = (decrease[column] ?? 0) + bestQuality - before;
			const middle = part(column, from, to);
			const child = out.addNodes(2);
			out.split(node, column, bestCut, child);
			for (let side = 0; side < 2; side += 1) {
				stack[top] = child + side;
				stack[top + 1] = side === 0 ? from : middle;
				stack[top + 2] = side === 0 ? middle : to;
				stack[top + 3] = depth + 1;
				top += BRANCH;
			}
		}
		out.vote(root, ground, votes);
	}
	return { trees: { roots, ...out.done() }, votes, decrease };
}

function groundOf({ rows: count, columns, labels, classes }: LabelledData, bins: Uint8Array): Ground {
	const shift = Math.ceil(Math.log2(classes));
	const cells = new Uint16Array(bins.length);
	for (let column = 0; column < columns; column += 1)
		for (let row = 0; row < count; row += 1)
			cells[column * count + row] = ((bins[column * count + row] ?? 0) << shift) | (labels[row] ?? 0);
	return { cells, shift, weights: new Float64Array(count), count, classes };
}
