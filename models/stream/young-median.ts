import { placeIn } from "./sketch.ts";

/** The median of a sorted list; 0 when it is empty. */
export function medianOf(list: Float32Array, start: number, size: number): number {
	if (size === 0) return 0;
	return ((list[start + ((size - 1) >> 1)] ?? 0) + (list[start + (size >> 1)] ?? 0)) / 2;
}

/** The median of the distances to `center`; 0 when the list is empty. Two pointers walk outwards from the center. */
export function medianDistance(list: Float32Array, start: number, size: number, center: number): number {
	let above = placeIn(list, start, size, center);
	let below = above - 1;
	let previous = 0;
	let current = 0;
	for (let taken = 0; taken <= size >> 1 && taken < size; taken += 1) {
		previous = current;
		const down = below >= 0 ? center - (list[start + below] ?? 0) : Number.POSITIVE_INFINITY;
		const up = above < size ? (list[start + above] ?? 0) - center : Number.POSITIVE_INFINITY;
		if (down <= up) {
			current = down;
			below -= 1;
		} else {
			current = up;
			above += 1;
		}
	}
	return size % 2 === 1 ? current : (previous + current) / 2;
}
