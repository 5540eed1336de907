import { bytesInRoom } from "../bytes-in-room.ts";
import { isRange } from "./abnormal-ranges.ts";
import {
	AGGREGATE_CAPACITY,
	AGGREGATE_SIZE,
	AGGREGATES,
	DOUBLES,
	EPISODE,
	FILLED,
	FLOATS,
	LEVEL_CAPACITY,
	LEVEL_SIZE,
	LEVELS,
	LIVE,
	NEIGHBOUR_AT,
	NEIGHBOUR_DISTANCE,
	NEIGHBOURS,
	RING,
	ROW_BYTES,
} from "./layout.ts";
import type { Row, Rows } from "./rows.ts";
import { PER_AGGREGATE } from "./shape.ts";

/** "SCST": the first four bytes of a saved bank. */
const MAGIC = 0x54534353;
/** Magic, version, bytes of a row, number of rows, checksum. */
const HEADER_BYTES = 20;

/**
 * The rows of these slots as bytes: a header of five 32-bit numbers in the byte order of the machine (magic, version, bytes of a row,
 * rows, checksum of the rows), then the rows. Slots that hold nothing are saved as empty rows. `room`: as of Bank.save.
 */
export function saveRows(
	rows: Rows,
	slots: readonly number[],
	version: number,
	room?: Uint8Array,
): Uint8Array {
	const bytes = bytesInRoom(HEADER_BYTES + slots.length * ROW_BYTES, room);
	const work = new Uint8Array(rows.work.f.buffer);
	for (const [i, slot] of slots.entries()) {
		const at = HEADER_BYTES + i * ROW_BYTES;
		if (rows.read(slot)) bytes.set(work, at);
		else bytes.fill(0, at, at + ROW_BYTES);
	}
	const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
	words.set([MAGIC, version, ROW_BYTES, slots.length, checksum(words.subarray(HEADER_BYTES / 4))]);
	return bytes;
}

/** Adds the saved rows and gives their slots; undefined, with nothing added, where the bytes are not sound. */
export function loadRows(rows: Rows, bytes: Uint8Array, version: number): readonly number[] | undefined {
	if (bytes.byteLength < HEADER_BYTES || bytes.byteLength % 4 !== 0) return undefined;
	const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
	const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
	const [magic, itsVersion, rowBytes, count = 0, sum] = words;
	if (magic !== MAGIC || itsVersion !== version || rowBytes !== ROW_BYTES) return undefined;
	const body = bytes.subarray(HEADER_BYTES);
	if (body.byteLength !== count * ROW_BYTES || sum !== checksum(words.subarray(HEADER_BYTES / 4)))
		return undefined;
	const work = new Uint8Array(rows.work.f.buffer);
	for (let i = 0; i < count; i += 1) {
		work.set(body.subarray(i * ROW_BYTES, (i + 1) * ROW_BYTES));
		if (!isSound(rows.work)) return undefined;
	}
	return Array.from({ length: count }, (_, i) => {
		const slot = rows.add();
		work.set(body.subarray(i * ROW_BYTES, (i + 1) * ROW_BYTES));
		rows.work.d[LIVE] = 1;
		rows.write(slot);
		return slot;
	});
}

/** Whether every number is one and the counts that are used as places are in range. */
function isSound({ d, f }: Row): boolean {
	for (let i = 0; i < DOUBLES; i += 1) if (!Number.isFinite(d[i])) return false;
	for (let i = LEVELS; i < FLOATS; i += 1) {
		const distance = i >= NEIGHBOUR_DISTANCE && i < NEIGHBOUR_DISTANCE + NEIGHBOURS;
		if (distance ? Number.isNaN(f[i]) : !Number.isFinite(f[i])) return false;
	}
	for (let i = 0; i < NEIGHBOURS; i += 1) if (!isPlace(f[NEIGHBOUR_AT + i], RING - 1)) return false;
	return (
		(isPlace(d[EPISODE], 1) || isRange(d[EPISODE])) &&
		isPlace(d[LEVEL_SIZE], LEVEL_CAPACITY) &&
		isPlace(d[AGGREGATE_SIZE], AGGREGATE_CAPACITY) &&
		isPlace(d[FILLED], PER_AGGREGATE - 1) &&
		isPlace(d[AGGREGATES], Number.MAX_SAFE_INTEGER - 1)
	);
}

function isPlace(value: number | undefined, most: number): boolean {
	return value !== undefined && Number.isInteger(value) && value >= 0 && value <= most;
}

/** FNV-1a (Fowler, Noll and Vo) over words of 32 bits, with a turn so that the upper bits of a word count too. */
function checksum(words: Uint32Array): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < words.length; i += 1) {
		hash = Math.imul(hash ^ (words[i] ?? 0), 0x01000193);
		hash ^= hash >>> 15;
	}
	return hash >>> 0;
}
