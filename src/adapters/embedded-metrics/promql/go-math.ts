/** Go's math.Pow: 1 to any power and -1 to an infinite one are 1, where JavaScript says NaN. */
export function goPow(base: number, exponent: number): number {
	if (base === 1) return 1;
	if (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY) return 1;
	return base ** exponent;
}

/** Go's math.Max: an infinity wins over NaN. */
export function goMax(a: number, b: number): number {
	return a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY
		? Number.POSITIVE_INFINITY
		: Math.max(a, b);
}

/** Go's math.Min: an infinity wins over NaN. */
export function goMin(a: number, b: number): number {
	return a === Number.NEGATIVE_INFINITY || b === Number.NEGATIVE_INFINITY
		? Number.NEGATIVE_INFINITY
		: Math.min(a, b);
}
