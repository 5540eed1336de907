/**
 * A sorted list of at most `capacity` representative past values inside a larger array. When it is full, the two
 * inner values that lie closest are made one; the smallest and the largest stay. Costs a binary search and a shift.
 */

/** The place of the first value that is not smaller; between 0 and `size`. */
export function placeIn(list: Float32Array, start: number, size: number, value: number): number {
	let low = 0;
	let high = size;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((list[start + middle] ?? 0) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The distance from `value`, whose place is `place`, to the nearest value of the list; 0 when it is empty. */
export function nearestDistance(
	list: Float32Array,
	start: number,
	size: number,
	place: number,
	value: number,
): number {
	let distance = Number.POSITIVE_INFINITY;
	if (place < size) distance = (list[start + place] ?? 0) - value;
	if (place > 0) distance = Math.min(distance, value - (list[start + place - 1] ?? 0));
	return size === 0 ? 0 : Math.max(0, distance);
}

/** Puts `value` at `place` and gives the new size; where the list was full, its closest inner pair becomes one. */
export function insertAt(
	list: Float32Array,
	start: number,
	size: number,
	capacity: number,
	place: number,
	value: number,
): number {
	if (size < capacity) {
		list.copyWithin(start + place + 1, start + place, start + size);
		list[start + place] = value;
		return size + 1;
	}
	return replaceClosest(list, start, size, place, value);
}

/** The list with `value` in it has one value too many: the closest pair loses its inner or upper value. */
function replaceClosest(
	list: Float32Array,
	start: number,
	size: number,
	place: number,
	value: number,
): number {
	let victim = -1;
	let closest = Number.POSITIVE_INFINITY;
	for (let i = 1; i < size; i += 1) {
		const gap = (list[start + i] ?? 0) - (list[start + i - 1] ?? 0);
		if (gap < closest) {
			closest = gap;
			victim = i;
		}
	}
	const below = place > 0 ? value - (list[start + place - 1] ?? 0) : Number.POSITIVE_INFINITY;
	const above = place < size ? (list[start + place] ?? 0) - value : Number.POSITIVE_INFINITY;
	// The new value itself is the nearest to another: it only stays where it is a new extreme.
	if (Math.min(below, above) <= closest) {
		if (place === size) list[start + size - 1] = value;
		else if (place === 0) list[start] = value;
		return size;
	}
	if (victim === size - 1) victim -= 1;
	if (victim < place) {
		list.copyWithin(start + victim, start + victim + 1, start + place);
		list[start + place - 1] = value;
	} else {
		list.copyWithin(start + place + 1, start + place, start + victim);
		list[start + place] = value;
	}
	return size;
}
