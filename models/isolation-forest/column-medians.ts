/** A median of this many rows, evenly spread, is near enough to stand in for a missing number. */
const LOOKED_AT = 1024;

/** Each column's median over its finite numbers; 0 where a column has none. */
export function columnMedians(rows: Float32Array, columns: number): Float32Array {
	const count = Math.floor(rows.length / columns);
	const taken = Math.min(count, LOOKED_AT);
	const out = new Float32Array(columns);
	const values = new Float32Array(taken);
	for (let column = 0; column < columns; column += 1) {
		let finite = 0;
		for (let i = 0; i < taken; i += 1) {
			const value = rows[Math.floor((i * count) / taken) * columns + column] ?? Number.NaN;
			if (Number.isFinite(value)) {
				values[finite] = value;
				finite += 1;
			}
		}
		const sorted = values.subarray(0, finite).toSorted();
		out[column] = sorted[(finite - 1) >> 1] ?? 0;
	}
	return out;
}
