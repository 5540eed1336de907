import type { IsolationForest } from "./isolation-forest.ts";

/** Rows that walk one tree before the next is taken up: a tree stays in the nearest cache, and so do the rows. */
const BLOCK = 256;

/** Scores of rows that follow each other, in their order; written to the second argument where that is given. */
export type RowScorer = (rows: Float32Array, scores?: Float64Array) => Float64Array;

/**
 * A forest made ready to say how easily a row is told from those it was trained on, 2^(-E h / c) of Liu, Ting, Zhou
 * 2008: above 0 to 1; about 0.5 and less for the usual, towards 1 for what stands alone. NaN counts as missing and is
 * taken as the column's median; an infinite number lies beyond every other.
 */
export function rowScorer(forest: IsolationForest): RowScorer {
	const { columns } = forest;
	const walk = walkable(forest);
	const trees = forest.roots.length;
	return (rows, scores = new Float64Array(Math.floor(rows.length / columns))) => {
		const values = hasMissing(rows) ? withoutMissing(forest, rows) : rows;
		const count = Math.floor(rows.length / columns);
		const fours = count - (count % 4);
		scores.fill(0, 0, count);
		for (let first = 0; first < fours; first += BLOCK) {
			const last = Math.min(fours, first + BLOCK);
			for (let tree = 0; tree < trees; tree += 1) addLengths(walk, tree, values, scores, first, last);
		}
		for (let row = fours; row < count; row += 1) scores[row] = lengthOf(walk, values, row * columns);
		for (let row = 0; row < count; row += 1) scores[row] = 2 ** (-(scores[row] ?? 0) / trees);
		return scores;
	};
}

/**
 * Adds the lengths of the paths in one tree, four rows at once: none waits for the memory of another. The next node is
 * a number rather than a branch, which the processor can't foresee.
 */
function addLengths(
	walk: Walk,
	tree: number,
	values: Float32Array,
	scores: Float64Array,
	first: number,
	last: number,
): void {
	const { columns, feature, threshold, left, lengths } = walk;
	const root = walk.roots[tree] ?? 0;
	const depth = walk.depths[tree] ?? 0;
	for (let row = first; row < last; row += 4) {
		const from = row * columns;
		const from2 = from + columns;
		const from3 = from2 + columns;
		const from4 = from3 + columns;
		let a = root;
		let b = root;
		let c = root;
		let d = root;
		for (let step = 0; step < depth; step += 1) {
			a += (left[a] ?? 0) + +((values[from + (feature[a] ?? 0)] ?? 0) >= (threshold[a] ?? 0));
			b += (left[b] ?? 0) + +((values[from2 + (feature[b] ?? 0)] ?? 0) >= (threshold[b] ?? 0));
			c += (left[c] ?? 0) + +((values[from3 + (feature[c] ?? 0)] ?? 0) >= (threshold[c] ?? 0));
			d += (left[d] ?? 0) + +((values[from4 + (feature[d] ?? 0)] ?? 0) >= (threshold[d] ?? 0));
		}
		scores[row] = (scores[row] ?? 0) + (lengths[a] ?? 0);
		scores[row + 1] = (scores[row + 1] ?? 0) + (lengths[b] ?? 0);
		scores[row + 2] = (scores[row + 2] ?? 0) + (lengths[c] ?? 0);
		scores[row + 3] = (scores[row + 3] ?? 0) + (lengths[d] ?? 0);
	}
}

/** The length of all paths of one row, four trees at once; the sum is in the order of the trees, as in batches. */
function lengthOf(walk: Walk, values: Float32Array, from: number): number {
	const { roots, depths, feature, threshold, left, lengths } = walk;
	const trees = roots.length;
	let length = 0;
	for (let tree = 0; tree < trees; tree += 4) {
		let a = roots[tree] ?? 0;
		let b = roots[tree + 1] ?? 0;
		let c = roots[tree + 2] ?? 0;
		let d = roots[tree + 3] ?? 0;
		const depth = Math.max(
			depths[tree] ?? 0,
			depths[tree + 1] ?? 0,
			depths[tree + 2] ?? 0,
			depths[tree + 3] ?? 0,
		);
		for (let step = 0; step < depth; step += 1) {
			a += (left[a] ?? 0) + +((values[from + (feature[a] ?? 0)] ?? 0) >= (threshold[a] ?? 0));
			b += (left[b] ?? 0) + +((values[from + (feature[b] ?? 0)] ?? 0) >= (threshold[b] ?? 0));
			c += (left[c] ?? 0) + +((values[from + (feature[c] ?? 0)] ?? 0) >= (threshold[c] ?? 0));
			d += (left[d] ?? 0) + +((values[from + (feature[d] ?? 0)] ?? 0) >= (threshold[d] ?? 0));
		}
		length += lengths[a] ?? 0;
		if (tree + 1 < trees) length += lengths[b] ?? 0;
		if (tree + 2 < trees) length += lengths[c] ?? 0;
		if (tree + 3 < trees) length += lengths[d] ?? 0;
	}
	return length;
}

/** A forest as it is walked: `depths` of its trees, `lengths` where a path ends. */
type Walk = Pick<IsolationForest, "columns" | "roots" | "feature" | "threshold" | "left"> & {
	readonly depths: Int32Array;
	readonly lengths: Float32Array;
};

/** Trees that every row walks equally far down: where its path ends it stays, for nothing is at or above NaN. */
function walkable({ columns, roots, feature, threshold, left }: IsolationForest): Walk {
	const nodes = feature.length;
	const out = {
		columns,
		roots,
		left,
		lengths: threshold,
		feature: new Int16Array(nodes),
		threshold: new Float32Array(nodes).fill(Number.NaN),
		depths: new Int32Array(roots.length),
	};
	const depthOf = new Int32Array(nodes + 1);
	let tree = 0;
	for (let node = 0; node < nodes; node += 1) {
		if (roots[tree + 1] === node) tree += 1;
		const depth = depthOf[node] ?? 0;
		out.depths[tree] = Math.max(out.depths[tree] ?? 0, depth);
		const column = feature[node] ?? -1;
		if (column < 0) continue;
		out.feature[node] = column;
		out.threshold[node] = threshold[node] ?? 0;
		const child = node + (left[node] ?? 0);
		depthOf[child] = depth + 1;
		depthOf[child + 1] = depth + 1;
	}
	return out;
}

function hasMissing(values: Float32Array): boolean {
	for (let i = 0; i < values.length; i += 1) {
		const value = values[i] ?? 0;
		if (!(value < 0 || value >= 0)) return true;
	}
	return false;
}

function withoutMissing(forest: IsolationForest, rows: Float32Array): Float32Array {
	const { columns, fill } = forest;
	const out = new Float32Array(Math.ceil(rows.length / columns) * columns);
	for (let i = 0; i < out.length; i += 1) {
		const value = rows[i] ?? Number.NaN;
		out[i] = Number.isNaN(value) ? (fill[i % columns] ?? 0) : value;
	}
	return out;
}
