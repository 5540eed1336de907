import { FEATURES } from "./netdata-features.ts";

/** Two centres one after the other, and the least and largest mean distance to both among what was trained on. */
export type TwoMeans = { readonly centres: Float64Array; readonly least: number; readonly largest: number };

const ROUNDS = 30;

/** k-means with k = 2 (Lloyd 1982) over the rows from `from` to before `to`, begun with the two that are far apart. */
export function trainTwoMeans(rows: Float64Array, from: number, to: number): TwoMeans {
	const far = farthest(rows, from, to, rows, from * FEATURES);
	const farther = farthest(rows, from, to, rows, far * FEATURES);
	let centres = new Float64Array(2 * FEATURES);
	centres.set(rows.subarray(far * FEATURES, far * FEATURES + FEATURES));
	centres.set(rows.subarray(farther * FEATURES, farther * FEATURES + FEATURES), FEATURES);
	for (let round = 0; round < ROUNDS; round += 1) {
		const next = move(rows, from, to, centres);
		const still = next.every((value, k) => value === centres[k]);
		centres = next;
		if (still) break;
	}
	let least = Number.POSITIVE_INFINITY;
	let largest = 0;
	for (let row = from; row < to; row += 1) {
		const distance = meanDistance(rows, row, centres);
		least = Math.min(least, distance);
		largest = Math.max(largest, distance);
	}
	return { centres, least, largest };
}

/** How far the row is from both centres on average. */
export function meanDistance(rows: Float64Array, row: number, centres: Float64Array): number {
	const at = row * FEATURES;
	return (Math.sqrt(squared(rows, at, centres, 0)) + Math.sqrt(squared(rows, at, centres, FEATURES))) / 2;
}

function squared(a: Float64Array, fromA: number, b: Float64Array, fromB: number): number {
	let sum = 0;
	for (let k = 0; k < FEATURES; k += 1) {
		const apart = (a[fromA + k] ?? 0) - (b[fromB + k] ?? 0);
		sum += apart * apart;
	}
	return sum;
}

function farthest(rows: Float64Array, from: number, to: number, of: Float64Array, at: number): number {
	let best = from;
	let most = -1;
	for (let row = from; row < to; row += 1) {
		const distance = squared(rows, row * FEATURES, of, at);
		if (distance <= most) continue;
		most = distance;
		best = row;
	}
	return best;
}

function move(
	rows: Float64Array,
	from: number,
	to: number,
	centres: Float64Array,
): Float64Array<ArrayBuffer> {
	const sums = new Float64Array(2 * FEATURES);
	const counts = [0, 0];
	for (let row = from; row < to; row += 1) {
		const at = row * FEATURES;
		const second = squared(rows, at, centres, FEATURES) < squared(rows, at, centres, 0) ? 1 : 0;
		counts[second] = (counts[second] ?? 0) + 1;
		for (let k = 0; k < FEATURES; k += 1) {
			sums[second * FEATURES + k] = (sums[second * FEATURES + k] ?? 0) + (rows[at + k] ?? 0);
		}
	}
	return sums.map((sum, k) => {
		const count = counts[k < FEATURES ? 0 : 1] ?? 0;
		return count === 0 ? (centres[k] ?? 0) : sum / count;
	});
}
