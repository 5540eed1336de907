/** Bins of a column: the first is for missing numbers, so at most this many are for numbers. */
export const MOST_BINS = 255;

/** Where the bins of each column end: `ends[starts[column]]` to `ends[starts[column + 1] - 1]`, rising. */
export type Bins = { readonly starts: Int32Array; readonly ends: Float32Array };

/**
 * Bins of each column: each different number has its own where there are few of them, else they hold about as many
 * rows each. They end half way between neighbours, as the splits of CART do (Breiman et al. 1984). What is not finite
 * decides no end. O(columns rows log rows).
 */
export function findBins(values: Float32Array, columns: number, most: number): Bins {
	const rows = values.length / columns;
	const starts = new Int32Array(columns + 1);
	const ends = new Float32Array(columns * (most - 1));
	const sorted = new Float32Array(rows);
	let at = 0;
	for (let column = 0; column < columns; column += 1) {
		starts[column] = at;
		let finite = 0;
		for (let row = 0; row < rows; row += 1) {
			const value = values[row * columns + column] ?? Number.NaN;
			if (!Number.isFinite(value)) continue;
			sorted[finite] = value;
			finite += 1;
		}
		at = endsOf(sorted.subarray(0, finite).toSorted(), most, ends, at);
	}
	starts[columns] = at;
	return { starts, ends: ends.slice(0, at) };
}

function endsOf(sorted: Float32Array, most: number, ends: Float32Array, from: number): number {
	let different = sorted.length > 0 ? 1 : 0;
	for (let i = 1; i < sorted.length; i += 1) if (sorted[i] !== sorted[i - 1]) different += 1;
	const share = different <= most ? 1 : sorted.length / most;
	let at = from;
	let begun = 0;
	for (let i = 1; i < sorted.length; i += 1) {
		const low = sorted[i - 1] ?? 0;
		const high = sorted[i] ?? 0;
		if (low === high || i - begun < share) continue;
		const middle = Math.fround(low / 2 + high / 2);
		ends[at] = middle < high ? middle : low;
		at += 1;
		begun = i;
	}
	return at;
}

/** The bin of a number: 0 for NaN, else 1 and the number of ends below it. */
export function binOf(bins: Bins, column: number, value: number): number {
	if (Number.isNaN(value)) return 0;
	const { starts, ends } = bins;
	const start = starts[column] ?? 0;
	let low = start;
	let high = starts[column + 1] ?? 0;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ends[middle] ?? 0) < value) low = middle + 1;
		else high = middle;
	}
	return low - start + 1;
}

/** The bins of all numbers, column by column: `out[column * rows + row]`. */
export function binColumns(bins: Bins, values: Float32Array, columns: number): Uint8Array {
	const rows = values.length / columns;
	const out = new Uint8Array(values.length);
	for (let column = 0; column < columns; column += 1)
		for (let row = 0; row < rows; row += 1)
			out[column * rows + row] = binOf(bins, column, values[row * columns + column] ?? Number.NaN);
	return out;
}
