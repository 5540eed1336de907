/** A growing place in a buffer; the writers below move `at` on. */
export type ByteCursor = { readonly bytes: Uint8Array; at: number };

/** Writes a whole number from 0 to 2^53 in 7-bit groups, the lowest first (1 to 8 bytes). */
export function writeVarint(cursor: ByteCursor, value: number): void {
	let rest = value;
	while (rest >= 128) {
		cursor.bytes[cursor.at] = (rest % 128) | 128;
		cursor.at += 1;
		rest = Math.floor(rest / 128);
	}
	cursor.bytes[cursor.at] = rest;
	cursor.at += 1;
}

/** Reads what `writeVarint` wrote; throws RangeError beyond the end. */
export function readVarint(cursor: ByteCursor): number {
	const first = cursor.bytes[cursor.at] ?? 128;
	if (first < 128) {
		cursor.at += 1;
		return first;
	}
	let value = 0;
	let factor = 1;
	for (;;) {
		const byte = cursor.bytes[cursor.at];
		if (byte === undefined) throw new RangeError("the data ends too early");
		cursor.at += 1;
		value += (byte & 127) * factor;
		if (byte < 128) return value;
		factor *= 128;
	}
}

/** Writes a whole number of either sign, small ones short: 0, -1, 1, -2 become 0, 1, 2, 3. */
export function writeSigned(cursor: ByteCursor, value: number): void {
	writeVarint(cursor, value < 0 ? -value * 2 - 1 : value * 2);
}

export function readSigned(cursor: ByteCursor): number {
	const value = readVarint(cursor);
	return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
}
