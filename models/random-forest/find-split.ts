/** Below so many rows, sorting them costs less than walking all bins. */
const FEW_ROWS = 32;
const SLOTS = 256;

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
 * Finds the cut of a column that leaves the least gini impurity (Breiman et al. 1984), by a histogram over the bins or,
 * for few rows, by sorting. Holds its buffers, so that looking allocates nothing.
 */
export class SplitFinder {
	/** Rows in bins up to here go left; the missing ones, in bin 0, always do. */
	cut = 0;
	/** Sum over both sides of (sum of squared class weights) / weight: the higher, the purer. */
	quality = 0;
	private readonly ground: Ground;
	private readonly histogram: Float64Array;
	private readonly keys: Int32Array;
	private readonly left: Float64Array;

	constructor(ground: Ground) {
		this.ground = ground;
		this.histogram = new Float64Array(SLOTS << ground.shift);
		this.keys = new Int32Array(FEW_ROWS);
		this.left = new Float64Array(ground.classes);
	}

	/**
	 * Looks at a column for the rows from `from` to `to` (exclusive), whose weights by class are `totals`. False where
	 * all are in one bin; else `cut` and `quality` are those of the best cut.
	 */
	look(column: number, rows: Int32Array, from: number, to: number, totals: Float64Array): boolean {
		this.left.fill(0);
		this.quality = -1;
		return to - from <= FEW_ROWS
			? this.bySorting(column, rows, from, to, totals)
			: this.byHistogram(column, rows, from, to, totals);
	}

	private bySorting(
		column: number,
		rows: Int32Array,
		from: number,
		to: number,
		totals: Float64Array,
	): boolean {
		const { cells, shift, weights, count } = this.ground;
		const { keys, left } = this;
		const base = column * count;
		const size = to - from;
		for (let i = 0; i < size; i += 1) {
			const key = ((cells[base + (rows[from + i] ?? 0)] ?? 0) << 8) | i;
			let at = i;
			while (at > 0 && (keys[at - 1] ?? 0) > key) {
				keys[at] = keys[at - 1] ?? 0;
				at -= 1;
			}
			keys[at] = key;
		}
		const toBin = 8 + shift;
		const ofClass = (1 << shift) - 1;
		let bin = (keys[0] ?? 0) >> toBin;
		if (bin === (keys[size - 1] ?? 0) >> toBin) return false;
		let leftSquares = 0;
		let rightSquares = 0;
		let leftWeight = 0;
		let rightWeight = 0;
		for (let k = 0; k < totals.length; k += 1) {
			const weight = totals[k] ?? 0;
			rightWeight += weight;
			rightSquares += weight * weight;
		}
		for (let i = 0; i < size; i += 1) {
			const key = keys[i] ?? 0;
			const next = key >> toBin;
			if (next !== bin) {
				const quality = (leftSquares * rightWeight + rightSquares * leftWeight) / (leftWeight * rightWeight);
				if (quality > this.quality) {
					this.quality = quality;
					this.cut = (bin + next - 1) >> 1;
				}
				bin = next;
			}
			const label = (key >> 8) & ofClass;
			const weight = weights[rows[from + (key & 255)] ?? 0] ?? 0;
			const onLeft = left[label] ?? 0;
			const onRight = (totals[label] ?? 0) - onLeft;
			leftSquares += weight * (2 * onLeft + weight);
			rightSquares -= weight * (2 * onRight - weight);
			leftWeight += weight;
			rightWeight -= weight;
			left[label] = onLeft + weight;
		}
		return true;
	}

	private byHistogram(
		column: number,
		rows: Int32Array,
		from: number,
		to: number,
		totals: Float64Array,
	): boolean {
		const { cells, shift, weights, count } = this.ground;
		const { histogram, left } = this;
		const base = column * count;
		let lowest = SLOTS << shift;
		let highest = 0;
		for (let i = from; i < to; i += 1) {
			const row = rows[i] ?? 0;
			const cell = cells[base + row] ?? 0;
			histogram[cell] = (histogram[cell] ?? 0) + (weights[row] ?? 0);
			if (cell < lowest) lowest = cell;
			if (cell > highest) highest = cell;
		}
		let leftSquares = 0;
		let rightSquares = 0;
		let leftWeight = 0;
		let rightWeight = 0;
		for (let k = 0; k < totals.length; k += 1) {
			const weight = totals[k] ?? 0;
			rightWeight += weight;
			rightSquares += weight * weight;
		}
		const ofClass = (1 << shift) - 1;
		let bin = lowest >> shift;
		const first = bin;
		for (let cell = lowest; cell <= highest; cell += 1) {
			const weight = histogram[cell] ?? 0;
			if (weight === 0) continue;
			histogram[cell] = 0;
			const next = cell >> shift;
			if (next !== bin) {
				const quality = (leftSquares * rightWeight + rightSquares * leftWeight) / (leftWeight * rightWeight);
				if (quality > this.quality) {
					this.quality = quality;
					this.cut = (bin + next - 1) >> 1;
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
		return bin !== first;
	}
}
