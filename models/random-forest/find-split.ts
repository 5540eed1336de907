const MOST_CELLS = 256;

/** The rows of a forest, and what each row counts in the tree that is grown. */
export type Ground = {
	/** `(bin << shift) | label` at `column * count + row`: one look gives both. */
	readonly cells: Uint16Array;
	readonly shift: number;
	readonly weights: Float64Array;
	readonly count: number;
	readonly classes: number;
};

/**
 * Finds the cut of a column that leaves the least gini impurity (Breiman et al. 1984), by a histogram over the bins.
 * Only cells that hold rows are visited, by a set bit each, so that small branches cost little. Holds its buffers:
 * looking allocates nothing. O(rows + 256 classes / 32).
 */
export class SplitFinder {
	/** Rows in bins up to here go left; the missing ones, in bin 0, always do. */
	cut = 0;
	/** Sum over both sides of (sum of squared class weights) / weight: the higher, the purer. */
	quality = 0;
	private readonly ground: Ground;
	private readonly histogram: Float64Array;
	private readonly filled: Int32Array;
	private readonly left: Float64Array;

	constructor(ground: Ground) {
		this.ground = ground;
		this.histogram = new Float64Array(MOST_CELLS << ground.shift);
		this.filled = new Int32Array((MOST_CELLS << ground.shift) >> 5);
		this.left = new Float64Array(ground.classes);
	}

	/**
	 * Looks at a column for the rows from `from` to `to` (exclusive), whose weights by class are `totals`. False where
	 * all are in one bin; else `cut` and `quality` are those of the best cut.
	 */
	look(column: number, rows: Int32Array, from: number, to: number, totals: Float64Array): boolean {
		const { cells, weights, count } = this.ground;
		const { histogram, filled } = this;
		const base = column * count;
		for (let i = from; i < to; i += 1) {
			const row = rows[i] ?? 0;
			const cell = cells[base + row] ?? 0;
			histogram[cell] = (histogram[cell] ?? 0) + (weights[row] ?? 0);
			filled[cell >> 5] = (filled[cell >> 5] ?? 0) | (1 << (cell & 31));
		}
		return this.cutBest(totals);
	}

	/** Moves cell by cell from the right side to the left one, and empties the histogram. */
	private cutBest(totals: Float64Array): boolean {
		const { shift } = this.ground;
		const { histogram, filled, left } = this;
		const ofClass = (1 << shift) - 1;
		let leftSquares = 0;
		let rightSquares = 0;
		let leftWeight = 0;
		let rightWeight = 0;
		for (let k = 0; k < totals.length; k += 1) {
			const weight = totals[k] ?? 0;
			left[k] = 0;
			rightWeight += weight;
			rightSquares += weight * weight;
		}
		let best = -1;
		let cut = -1;
		let bin = -1;
		for (let word = 0; word < filled.length; word += 1) {
			let bits = filled[word] ?? 0;
			filled[word] = 0;
			while (bits !== 0) {
				const cell = (word << 5) | (31 - Math.clz32(bits & -bits));
				bits &= bits - 1;
				const weight = histogram[cell] ?? 0;
				histogram[cell] = 0;
				const next = cell >> shift;
				if (next !== bin) {
					if (bin >= 0) {
						// One division instead of two.
						const onBoth = leftSquares * rightWeight + rightSquares * leftWeight;
						const quality = onBoth / (leftWeight * rightWeight);
						if (quality > best) {
							best = quality;
							cut = (bin + next - 1) >> 1;
						}
					}
					bin = next;
				}
				const label = cell & ofClass;
				const onLeft = left[label] ?? 0;
				const onRight = (totals[label] ?? 0) - onLeft;
				leftSquares += weight * (2 * onLeft + weight);
				rightSquares -= weight * (2 * onRight - weight);
				leftWeight += weight;
				rightWeight -= weight;
				left[label] = onLeft + weight;
			}
		}
		this.quality = best;
		this.cut = cut;
		return cut >= 0;
	}
}
