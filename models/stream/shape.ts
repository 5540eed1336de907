import { AGGREGATES, NEIGHBOUR_AT, NEIGHBOUR_DISTANCE, NEIGHBOURS, RING, RING_START } from "./layout.ts";

/** Aggregates of one shape: a day at a step of 5 min. */
export const SHAPE = 24;
/** Points of one aggregate. */
export const PER_AGGREGATE = 12;
const CANDIDATES = RING - 2 * (SHAPE - 1);
const PER_POINT = Math.ceil(CANDIDATES / PER_AGGREGATE);

/**
 * A twelfth of the search for the past shapes nearest to the one that is being completed: its 23 known aggregates are compared,
 * and the nearest 8 are kept. So the work is the same at every point. `step` is 0-11, `next` the aggregate being built.
 */
export function searchNeighbours(d: Float64Array, f: Float32Array, step: number): void {
	if (step === 0) f.fill(Number.POSITIVE_INFINITY, NEIGHBOUR_DISTANCE, NEIGHBOUR_DISTANCE + NEIGHBOURS);
	const next = d[AGGREGATES] ?? 0;
	const oldest = Math.max(0, next - RING) + SHAPE - 1;
	const from = oldest + step * PER_POINT;
	const to = Math.min(next - SHAPE, from + PER_POINT - 1);
	let worst = from <= to ? worstOf(f) : 0;
	for (let candidate = from; candidate <= to; candidate += 1) {
		const limit = (f[NEIGHBOUR_DISTANCE + worst] ?? 0) ** 2;
		const sum = partialDistance(f, next, candidate, limit);
		if (sum >= limit) continue;
		f[NEIGHBOUR_DISTANCE + worst] = Math.sqrt(sum);
		f[NEIGHBOUR_AT + worst] = candidate % RING;
		worst = worstOf(f);
	}
}

function partialDistance(f: Float32Array, next: number, candidate: number, limit: number): number {
	let here = (next - 1) % RING;
	let there = (candidate - 1) % RING;
	let sum = 0;
	for (let i = 1; i < SHAPE; i += 1) {
		const apart = (f[RING_START + here] ?? 0) - (f[RING_START + there] ?? 0);
		sum += apart * apart;
		if (sum >= limit) return sum;
		here = here === 0 ? RING - 1 : here - 1;
		there = there === 0 ? RING - 1 : there - 1;
	}
	return sum;
}

function worstOf(f: Float32Array): number {
	let worst = 0;
	for (let i = 1; i < NEIGHBOURS; i += 1)
		if ((f[NEIGHBOUR_DISTANCE + i] ?? 0) > (f[NEIGHBOUR_DISTANCE + worst] ?? 0)) worst = i;
	return worst;
}

/**
 * How far the last 24 aggregates, the newest being `mean`, are from the nearest earlier 24 (left nearest neighbour,
 * Euclidean), in deviations; 0 while there are no earlier ones. Remembers the aggregate. Call before it is counted.
 */
export function shapeNovelty(d: Float64Array, f: Float32Array, mean: number, deviation: number): number {
	const next = d[AGGREGATES] ?? 0;
	let nearest = Number.POSITIVE_INFINITY;
	if (next >= 2 * SHAPE - 1)
		for (let i = 0; i < NEIGHBOURS; i += 1) {
			const apart = mean - (f[RING_START + (f[NEIGHBOUR_AT + i] ?? 0)] ?? 0);
			nearest = Math.min(nearest, (f[NEIGHBOUR_DISTANCE + i] ?? 0) ** 2 + apart * apart);
		}
	f[RING_START + (next % RING)] = mean;
	return Number.isFinite(nearest) ? Math.sqrt(nearest / SHAPE) / deviation : 0;
}
