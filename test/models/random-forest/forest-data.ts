import { seededRandom } from "../../../models/random.ts";

export type Labelled = {
	readonly values: Float32Array;
	readonly columns: number;
	readonly labels: Uint8Array;
};

/** Rows of even numbers in [0, 1); label 1 where the first two columns disagree on which half they are in. */
export function exclusiveOr(seed: number, rows: number, columns = 4): Labelled {
	const random = seededRandom(seed);
	const values = Float32Array.from({ length: rows * columns }, random);
	const labels = new Uint8Array(rows);
	for (let row = 0; row < rows; row += 1) {
		const first = (values[row * columns] ?? 0) > 0.5;
		const second = (values[row * columns + 1] ?? 0) > 0.5;
		labels[row] = first === second ? 0 : 1;
	}
	return { values, columns, labels };
}

/** The share of rows whose likeliest class is their label. */
export function accuracyOf(probabilities: Float64Array, labels: Uint8Array): number {
	const classes = probabilities.length / labels.length;
	let right = 0;
	for (let row = 0; row < labels.length; row += 1) {
		const said = probabilities.subarray(row * classes, (row + 1) * classes);
		if (said.indexOf(Math.max(...said)) === labels[row]) right += 1;
	}
	return right / labels.length;
}
