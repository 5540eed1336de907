/**
 * Solves (A + diag(penalty)) x = b for a symmetric, positive definite A of `size` x `size`, row by row, by Cholesky's
 * decomposition. `A` and `b` are kept. Columns that say nothing get 0.
 */
export function solveRidge(
	matrix: Float64Array,
	right: Float64Array,
	penalty: Float64Array,
	size: number,
): Float64Array {
	const lower = new Float64Array(size * size);
	for (let row = 0; row < size; row++) {
		for (let column = 0; column <= row; column++) {
			let sum = matrix[row * size + column] ?? 0;
			if (row === column) sum += penalty[row] ?? 0;
			for (let k = 0; k < column; k++) sum -= (lower[row * size + k] ?? 0) * (lower[column * size + k] ?? 0);
			if (row === column) lower[row * size + row] = sum > 1e-12 ? Math.sqrt(sum) : 0;
			else {
				const pivot = lower[column * size + column] ?? 0;
				lower[row * size + column] = pivot > 0 ? sum / pivot : 0;
			}
		}
	}
	const solved = Float64Array.from(right.subarray(0, size));
	for (let row = 0; row < size; row++) {
		let sum = solved[row] ?? 0;
		for (let k = 0; k < row; k++) sum -= (lower[row * size + k] ?? 0) * (solved[k] ?? 0);
		const pivot = lower[row * size + row] ?? 0;
		solved[row] = pivot > 0 ? sum / pivot : 0;
	}
	for (let row = size - 1; row >= 0; row--) {
		let sum = solved[row] ?? 0;
		for (let k = row + 1; k < size; k++) sum -= (lower[k * size + row] ?? 0) * (solved[k] ?? 0);
		const pivot = lower[row * size + row] ?? 0;
		solved[row] = pivot > 0 ? sum / pivot : 0;
	}
	return solved;
}
