import { fitSigmoid } from "./fit-sigmoid.ts";

/** Fewer rows with a vote than this say nothing on how far votes can be trusted. */
const FEWEST_ROWS = 20;

/**
 * Slope and shift of a sigmoid for each class, `[slope, shift, ...]`, fitted on what the trees say of rows that they
 * did not see (Breiman 1996, "Out-of-bag estimation"). Of two classes the first has none: it gets the rest. Empty where
 * too few rows have votes or all have one label: then votes stand as they are.
 */
export function calibrateVotes(votes: Float64Array, labels: Uint8Array, classes: number): Float64Array {
	const voted: number[] = [];
	const seen = new Set<number>();
	for (let row = 0; row < labels.length; row += 1) {
		if (sumOf(votes, row, classes) <= 0) continue;
		voted.push(row);
		seen.add(labels[row] ?? 0);
	}
	if (voted.length < FEWEST_ROWS || seen.size < 2) return new Float64Array();
	const out = new Float64Array(2 * classes);
	const shares = new Float64Array(voted.length);
	const holds = new Uint8Array(voted.length);
	for (let k = classes === 2 ? 1 : 0; k < classes; k += 1) {
		for (const [i, row] of voted.entries()) {
			shares[i] = (votes[row * classes + k] ?? 0) / sumOf(votes, row, classes);
			holds[i] = labels[row] === k ? 1 : 0;
		}
		const { slope, shift } = fitSigmoid(shares, holds);
		out[2 * k] = slope;
		out[2 * k + 1] = shift;
	}
	return out;
}

/** Turns the shares of votes for each class, in `out` from `offset` on, into probabilities with the sum 1. */
export function applyCalibration(
	calibration: Float64Array,
	out: Float64Array,
	offset: number,
	classes: number,
): void {
	if (calibration.length === 0) return;
	let sum = 0;
	for (let k = classes === 2 ? 1 : 0; k < classes; k += 1) {
		const z = (calibration[2 * k] ?? 0) * (out[offset + k] ?? 0) + (calibration[2 * k + 1] ?? 0);
		const probability = 1 / (1 + Math.exp(-z));
		out[offset + k] = probability;
		sum += probability;
	}
	if (classes === 2) {
		out[offset] = 1 - sum;
		return;
	}
	for (let k = 0; k < classes; k += 1) out[offset + k] = sum > 0 ? (out[offset + k] ?? 0) / sum : 1 / classes;
}

function sumOf(votes: Float64Array, row: number, classes: number): number {
	let sum = 0;
	for (let k = 0; k < classes; k += 1) sum += votes[row * classes + k] ?? 0;
	return sum;
}
