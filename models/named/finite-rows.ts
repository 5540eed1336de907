import { columnMedians } from "../isolation-forest/column-medians.ts";

/** Rows as a package wants them, without a number that it can't bear, and what stands for missing ones. */
export type FiniteRows = { readonly rows: number[][]; readonly fill: Float32Array };

/**
 * At most `most` rows, evenly spread. A missing number is taken as its column's median, an infinite one as the least
 * or the largest finite one of its column.
 */
export function finiteRows(values: Float32Array, columns: number, most: number): FiniteRows {
	const fill = columnMedians(values, columns);
	const least = fill.slice();
	const largest = fill.slice();
	for (let i = 0; i < values.length; i += 1) {
		const value = values[i] ?? Number.NaN;
		const column = i % columns;
		if (!Number.isFinite(value)) continue;
		least[column] = Math.min(value, least[column] ?? value);
		largest[column] = Math.max(value, largest[column] ?? value);
	}
	const count = values.length / columns;
	const taken = Math.min(count, most);
	const rows = Array.from({ length: taken }, (_, i) => {
		const from = Math.floor((i * count) / taken) * columns;
		return Array.from({ length: columns }, (__, column) => {
			const value = values[from + column] ?? Number.NaN;
			if (Number.isNaN(value)) return fill[column] ?? 0;
			return Math.min(largest[column] ?? value, Math.max(least[column] ?? value, value));
		});
	});
	return { rows, fill };
}

/** The rows with their missing numbers filled; the same array where none is missing. */
export function filled(values: Float32Array, fill: Float32Array): Float32Array {
	let out: Float32Array | undefined;
	for (let i = 0; i < values.length; i += 1) {
		if (!Number.isNaN(values[i] ?? Number.NaN)) continue;
		out ??= values.slice();
		out[i] = fill[i % fill.length] ?? 0;
	}
	return out ?? values;
}
