import type { SampleBlock } from "../promql/sample-reader.ts";
import { decodeValues, encodeValues } from "./encode-values.ts";
import { type ByteCursor, readSigned, readVarint, writeSigned, writeVarint } from "./varint.ts";

/** Most samples a chunk may hold; guards reading against damaged bytes. */
const MAX_CHUNK_SAMPLES = 4_096;

/** Bytes that are surely enough for a chunk of `count` samples. */
const roomFor = (count: number): number => 32 + count * 18;

/**
 * Samples as bytes, without loss: times as differences (two numbers for a steady rhythm), values by `encodeValues`.
 * Times are whole milliseconds that rise, between 1 and MAX_CHUNK_SAMPLES of them. A steady gauge or counter takes 1
 * to 3 bytes a sample, a noisy double 8 to 9.
 */
export function encodeChunk(times: Float64Array, values: Float64Array, count: number): Uint8Array {
	const cursor: ByteCursor = { bytes: new Uint8Array(roomFor(count)), at: 0 };
	writeVarint(cursor, count);
	writeVarint(cursor, times[0] ?? 0);
	const gap = count > 1 ? (times[1] ?? 0) - (times[0] ?? 0) : 0;
	const steady = isSteady(times, count, gap);
	writeVarint(cursor, gap * 2 + (steady ? 1 : 0));
	if (!steady) {
		let previous = gap;
		for (let index = 2; index < count; index += 1) {
			const current = (times[index] ?? 0) - (times[index - 1] ?? 0);
			writeSigned(cursor, current - previous);
			previous = current;
		}
	}
	encodeValues(cursor, values, count);
	return cursor.bytes.slice(0, cursor.at);
}

/** The samples of a chunk; throws RangeError for bytes that are no chunk. */
export function decodeChunk(bytes: Uint8Array): SampleBlock {
	const cursor: ByteCursor = { bytes, at: 0 };
	const count = readVarint(cursor);
	if (count < 1 || count > MAX_CHUNK_SAMPLES) throw new RangeError("unknown size of a chunk");
	const times = new Float64Array(count);
	times[0] = readVarint(cursor);
	const rhythm = readVarint(cursor);
	const steady = rhythm % 2 === 1;
	let gap = Math.floor(rhythm / 2);
	for (let index = 1; index < count; index += 1) {
		if (index > 1 && !steady) gap += readSigned(cursor);
		times[index] = (times[index - 1] ?? 0) + gap;
	}
	const values = new Float64Array(count);
	decodeValues(cursor, values, count);
	return { times, values };
}

function isSteady(times: Float64Array, count: number, gap: number): boolean {
	for (let index = 2; index < count; index += 1)
		if ((times[index] ?? 0) - (times[index - 1] ?? 0) !== gap) return false;
	return true;
}
