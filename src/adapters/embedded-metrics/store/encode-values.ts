import { type ByteCursor, readSigned, readVarint, writeSigned } from "./varint.ts";

/** Scales tried for values that are decimal fractions: 1, 10, ... 10^6. */
const MAX_DECIMALS = 6;
/** Beyond this a difference of two scaled values would not be a safe integer. */
const MAX_SCALED = 2 ** 51;
/** The format byte of the fallback; below it the byte is the number of decimals. */
const XOR_FORMAT = 15;

/**
 * Writes `count` doubles without loss. Counters and sizes are decimal fractions, so most chunks become differences of
 * whole numbers of 1 to 3 bytes; anything else is written as the bytes in which a value differs from the one before.
 */
export function encodeValues(cursor: ByteCursor, values: Float64Array, count: number): void {
	const decimals = commonDecimals(values, count);
	cursor.bytes[cursor.at] = decimals ?? XOR_FORMAT;
	cursor.at += 1;
	if (decimals === undefined) encodeXor(cursor, values, count);
	else {
		const scale = 10 ** decimals;
		let previous = 0;
		for (let index = 0; index < count; index += 1) {
			const scaled = Math.round((values[index] ?? 0) * scale);
			writeSigned(cursor, scaled - previous);
			previous = scaled;
		}
	}
}

/** Reads what `encodeValues` wrote into `values` from index 0; throws RangeError for bytes that are no such thing. */
export function decodeValues(cursor: ByteCursor, values: Float64Array, count: number): void {
	const format = readVarint(cursor);
	if (format === XOR_FORMAT) decodeXor(cursor, values, count);
	else if (format <= MAX_DECIMALS) decodeDecimals(cursor, values, count, 10 ** format);
	else throw new RangeError("unknown format of values");
}

function decodeDecimals(cursor: ByteCursor, values: Float64Array, count: number, scale: number): void {
	let scaled = 0;
	for (let index = 0; index < count; index += 1) {
		scaled += readSigned(cursor);
		values[index] = scaled / scale;
	}
}

/** The fewest decimals with which every value is exactly a whole number over a power of ten. */
function commonDecimals(values: Float64Array, count: number): number | undefined {
	for (let decimals = 0; decimals <= MAX_DECIMALS; decimals += 1) {
		const scale = 10 ** decimals;
		let exact = true;
		for (let index = 0; exact && index < count; index += 1) {
			const value = values[index] ?? 0;
			const scaled = Math.round(value * scale);
			exact = Math.abs(scaled) <= MAX_SCALED && scaled / scale === value && !Object.is(value, -0);
		}
		if (exact) return decimals;
	}
	return undefined;
}

/** Per value one byte (leading equal bytes times 16, plus bytes that follow) and the bytes that differ. */
function encodeXor(cursor: ByteCursor, values: Float64Array, count: number): void {
	const bytes = new Uint8Array(values.buffer, values.byteOffset, count * 8);
	for (let index = 0; index < count; index += 1) {
		const differs = (byte: number): boolean =>
			bytes[index * 8 + byte] !== (index === 0 ? 0 : bytes[(index - 1) * 8 + byte]);
		let top = 7;
		while (top >= 0 && !differs(top)) top -= 1;
		let bottom = 0;
		while (bottom < top && !differs(bottom)) bottom += 1;
		const length = top < 0 ? 0 : top - bottom + 1;
		cursor.bytes[cursor.at] = (length === 0 ? 0 : bottom) * 16 + length;
		cursor.at += 1;
		for (let byte = bottom; byte < bottom + length; byte += 1) {
			cursor.bytes[cursor.at] = bytes[index * 8 + byte] ?? 0;
			cursor.at += 1;
		}
	}
}

function decodeXor(cursor: ByteCursor, values: Float64Array, count: number): void {
	const bytes = new Uint8Array(values.buffer, values.byteOffset, count * 8);
	for (let index = 0; index < count; index += 1) {
		const control = cursor.bytes[cursor.at] ?? 0xff;
		const bottom = control >> 4;
		const length = control & 15;
		if (bottom + length > 8) throw new RangeError("unknown format of values");
		cursor.at += 1;
		if (index > 0) bytes.copyWithin(index * 8, (index - 1) * 8, index * 8);
		for (let byte = bottom; byte < bottom + length; byte += 1) {
			const given = cursor.bytes[cursor.at];
			if (given === undefined) throw new RangeError("the data ends too early");
			bytes[index * 8 + byte] = given;
			cursor.at += 1;
		}
	}
}
