/**
 * The bits of Prometheus' staleness marker: a NaN that says "this series has ended", unlike a NaN that was measured.
 * The two halves are little-endian, as on every platform Node runs on.
 */
const STALE_LOW = 2;
const STALE_HIGH = 0x7ff00000;

/** The 32-bit halves of the values, sharing their memory; JavaScript numbers do not keep the bits of a NaN. */
export function bitsOf(values: Float64Array): Uint32Array {
	return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}

/** Whether the value at `index` is a staleness marker; `bits` comes from `bitsOf`. */
export function isStale(bits: Uint32Array, index: number): boolean {
	return bits[index * 2 + 1] === STALE_HIGH && bits[index * 2] === STALE_LOW;
}

/** Writes a staleness marker at `index`. */
export function writeStale(values: Float64Array, index: number): void {
	const bits = bitsOf(values);
	bits[index * 2] = STALE_LOW;
	bits[index * 2 + 1] = STALE_HIGH;
}
