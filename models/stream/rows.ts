import { DOUBLES, FLOATS, LIVE, ROW_BYTES } from "./layout.ts";

/** Rows of one chunk: a small bank stays small, a large one has few buffers. */
const CHUNK_ROWS = 64;

/** The row that is worked on: a copy, with a view of its doubles and a view of all its floats. */
export type Row = { readonly d: Float64Array; readonly f: Float32Array };

/** The rows of many series: buffers of 64 rows each, no object for a series. */
export type Rows = {
	readonly work: Row;
	readonly size: number;
	/** An empty row; slots of removed rows are used again, the newest first. */
	add(): number;
	/** False where the slot holds nothing. */
	remove(slot: number): boolean;
	/** Copies a row to `work`; false where the slot holds nothing. */
	read(slot: number): boolean;
	/** Copies `work` back. */
	write(slot: number): void;
};

/** Rows without any series. */
export function createRows(): Rows {
	const chunks: Float32Array[] = [];
	const free: number[] = [];
	const buffer = new ArrayBuffer(ROW_BYTES);
	const work: Row = { d: new Float64Array(buffer, 0, DOUBLES), f: new Float32Array(buffer) };
	let used = 0;
	const read = (slot: number): boolean => {
		const chunk = slot >= 0 && slot < used ? chunks[Math.floor(slot / CHUNK_ROWS)] : undefined;
		if (chunk === undefined) return false;
		const start = (slot % CHUNK_ROWS) * FLOATS;
		work.f.set(chunk.subarray(start, start + FLOATS));
		return work.d[LIVE] === 1;
	};
	const write = (slot: number): void => {
		chunks[Math.floor(slot / CHUNK_ROWS)]?.set(work.f, (slot % CHUNK_ROWS) * FLOATS);
	};
	return {
		work,
		read,
		write,
		get size() {
			return used - free.length;
		},
		add() {
			const slot = free.pop() ?? used;
			if (slot === used) {
				if (used === chunks.length * CHUNK_ROWS) chunks.push(new Float32Array(CHUNK_ROWS * FLOATS));
				used += 1;
			}
			work.f.fill(0);
			work.d[LIVE] = 1;
			write(slot);
			return slot;
		},
		remove(slot) {
			if (!read(slot)) return false;
			work.f.fill(0);
			write(slot);
			free.push(slot);
			return true;
		},
	};
}
