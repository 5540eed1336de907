import { type IsolationForest, usualPathLength } from "./isolation-forest.ts";

/** What trees are grown from: `rows` row by row, `fill` for what is not finite in them, `random` in [0, 1). */
export type Ground = {
	readonly rows: Float32Array;
	readonly columns: number;
	readonly fill: Float32Array;
	readonly sample: number;
	readonly random: () => number;
};

export type Trees = Pick<IsolationForest, "roots" | "feature" | "threshold" | "left">;

/** What one open branch is, on the stack: node, first and last row (exclusive), depth, columns known to be constant. */
const BRANCH = 5;

/**
 * Grows isolation trees (Liu, Ting, Zhou 2008, algorithms 1 and 2): each from `sample` rows drawn without replacement,
 * down to the height ceil(log2 sample), split at an even draw between the least and the largest value of an evenly
 * drawn column. A column that is constant within a branch is not drawn there. Linear in trees and sample.
 */
export function growTrees(ground: Ground, trees: number): Trees {
	const { rows, columns, random } = ground;
	const count = Math.floor(rows.length / columns);
	const sample = Math.min(ground.sample, count);
	const limit = sample < 2 ? 0 : Math.ceil(Math.log2(sample));
	const usual = usualPathLength(sample);
	const capacity = trees * Math.max(1, 2 * sample - 1);
	const roots = new Int32Array(trees);
	const feature = new Int16Array(capacity);
	const threshold = new Float32Array(capacity);
	const left = new Int32Array(capacity);
	// Drawing goes on in the deck as the tree before left it: any order is as good for an even draw.
	const deck = new Int32Array(count);
	for (let i = 0; i < count; i += 1) deck[i] = i;
	const values = columnsOf(ground, count);
	const members = new Int32Array(sample);
	const order = new Int32Array(columns);
	for (let i = 0; i < columns; i += 1) order[i] = i;
	const stack = new Int32Array(BRANCH * (limit + 2));
	const lengths = new Float64Array(sample + 1);
	for (let i = 0; i <= sample; i += 1) lengths[i] = usualPathLength(i);
	let nodes = 0;

	const drawSample = () => {
		for (let i = 0; i < sample; i += 1) {
			const at = i + Math.floor(random() * (count - i));
			const row = deck[at] ?? 0;
			deck[at] = deck[i] ?? 0;
			deck[i] = row;
			members[i] = row;
		}
	};

	for (let tree = 0; tree < trees; tree += 1) {
		drawSample();
		roots[tree] = nodes;
		stack[0] = nodes;
		stack[1] = 0;
		stack[2] = sample;
		stack[3] = 0;
		stack[4] = 0;
		nodes += 1;
		let top = BRANCH;
		while (top > 0) {
			top -= BRANCH;
			const node = stack[top] ?? 0;
			const start = stack[top + 1] ?? 0;
			const end = stack[top + 2] ?? 0;
			const depth = stack[top + 3] ?? 0;
			let constant = stack[top + 4] ?? 0;
			let chosen = -1;
			let low = 0;
			let high = 0;
			if (depth < limit && end - start > 1) {
				while (constant < columns) {
					const at = constant + Math.floor(random() * (columns - constant));
					const column = order[at] ?? 0;
					const base = column * count;
					low = values[base + (members[start] ?? 0)] ?? 0;
					high = low;
					for (let i = start + 1; i < end; i += 1) {
						const value = values[base + (members[i] ?? 0)] ?? 0;
						if (value < low) low = value;
						else if (value > high) high = value;
					}
					if (low < high) {
						chosen = column;
						break;
					}
					order[at] = order[constant] ?? 0;
					order[constant] = column;
					constant += 1;
				}
			}
			if (chosen < 0) {
				feature[node] = -1;
				// Where nothing can be split off, every row is as usual.
				threshold[node] = usual === 0 ? 1 : (depth + (lengths[end - start] ?? 0)) / usual;
				continue;
			}
			let split = Math.fround(high - random() * (high - low));
			if (split <= low) split = high;
			const base = chosen * count;
			let middle = start;
			for (let i = start; i < end; i += 1) {
				const member = members[i] ?? 0;
				// Always exchanged, and counted by a number rather than a branch, which the processor can't foresee.
				members[i] = members[middle] ?? 0;
				members[middle] = member;
				middle += +((values[base + member] ?? 0) < split);
			}
			feature[node] = chosen;
			threshold[node] = split;
			left[node] = nodes - node;
			for (let side = 0; side < 2; side += 1) {
				stack[top] = nodes + side;
				stack[top + 1] = side === 0 ? start : middle;
				stack[top + 2] = side === 0 ? middle : end;
				stack[top + 3] = depth + 1;
				stack[top + 4] = constant;
				top += BRANCH;
			}
			nodes += 2;
		}
	}
	return {
		roots,
		feature: feature.slice(0, nodes),
		threshold: threshold.slice(0, nodes),
		left: left.slice(0, nodes),
	};
}

/** The values column by column, with what is not finite filled: every look at a column stays within its rows. */
function columnsOf({ rows, columns, fill }: Ground, count: number): Float32Array {
	const values = new Float32Array(columns * count);
	for (let column = 0; column < columns; column += 1) {
		const missing = fill[column] ?? 0;
		for (let row = 0; row < count; row += 1) {
			const value = rows[row * columns + column] ?? 0;
			// Only of a finite number the difference to itself is 0.
			values[column * count + row] = value - value === 0 ? value : missing;
		}
	}
	return values;
}
