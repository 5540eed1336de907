/** A place in the drawing, CSS pixels from its top left corner. */
export type Point = readonly [x: number, y: number];

/** A rectangle in the drawing, CSS pixels. */
export type Box = {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
};

/** Whether two boxes share more than an edge, after both are kept `gapPx` apart. */
export function overlaps(a: Box, b: Box, gapPx = 0): boolean {
	return (
		a.left < b.right + gapPx &&
		b.left < a.right + gapPx &&
		a.top < b.bottom + gapPx &&
		b.top < a.bottom + gapPx
	);
}

/** Whether `inner` lies in `outer`. */
export function isInside(inner: Box, outer: Box): boolean {
	return (
		inner.left >= outer.left &&
		inner.right <= outer.right &&
		inner.top >= outer.top &&
		inner.bottom <= outer.bottom
	);
}

/** `value` moved into `low` to `high`. */
export function clamp(value: number, low: number, high: number): number {
	return Math.min(high, Math.max(low, value));
}
