import { seededRandom } from "../random.ts";

/** Once so many rows came for each that is held, chances fall no further: what is held is of about that past. */
const REMEMBERED = 8;

/** At most `capacity` rows, an even sample of what came, with a slow preference for what came lately. */
export class RowSample {
	private readonly columns: number;
	private readonly capacity: number;
	private readonly rows: Float32Array;
	private readonly random: () => number;
	private total = 0;

	/** @param seed any 32 bits; the same seed and rows give the same sample */
	constructor(capacity: number, columns: number, seed: number) {
		this.capacity = capacity;
		this.columns = columns;
		this.rows = new Float32Array(capacity * columns);
		this.random = seededRandom(seed);
	}

	/** Rows that were offered. */
	get offered(): number {
		return this.total;
	}

	/** Offers a row (Vitter 1985, algorithm R, its chance bounded from below). */
	offer(row: Float32Array): void {
		this.total += 1;
		if (this.total <= this.capacity) {
			this.rows.set(row, (this.total - 1) * this.columns);
			return;
		}
		const at = Math.floor(this.random() * Math.min(this.total, REMEMBERED * this.capacity));
		if (at < this.capacity) this.rows.set(row, at * this.columns);
	}

	/** A copy of the rows that are held, and of at most `most` of them, evenly spread. */
	take(most: number = this.capacity): Float32Array {
		const { columns } = this;
		const held = Math.min(this.total, this.capacity);
		const count = Math.min(held, most);
		const out = new Float32Array(count * columns);
		for (let i = 0; i < count; i += 1) {
			const from = Math.floor((i * held) / count) * columns;
			out.set(this.rows.subarray(from, from + columns), i * columns);
		}
		return out;
	}
}
