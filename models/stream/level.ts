import { HIGHEST, LEVEL_CAPACITY, LEVEL_SIZE, LEVELS, LOWEST, SEEN } from "./layout.ts";
import { insertAt, nearestDistance, placeIn } from "./sketch.ts";

/** A value this near to a known one (in deviations) is not kept beside it. */
const SAME = 0.002;

/**
 * How far the value is from every representative past value, in deviations; learns it. While the list is not full it
 * holds every value, so that medians of a young series are exact.
 */
export function levelNovelty(d: Float64Array, f: Float32Array, value: number, deviation: number): number {
	const size = d[LEVEL_SIZE] ?? 0;
	const place = placeIn(f, LEVELS, size, value);
	const distance = nearestDistance(f, LEVELS, size, place, value);
	if (size < LEVEL_CAPACITY || distance > SAME * deviation)
		d[LEVEL_SIZE] = insertAt(f, LEVELS, size, LEVEL_CAPACITY, place, value);
	const first = (d[SEEN] ?? 0) <= 1;
	if (first || value > (d[HIGHEST] ?? 0)) d[HIGHEST] = value;
	if (first || value < (d[LOWEST] ?? 0)) d[LOWEST] = value;
	return distance / deviation;
}
