/** Windows of one page of memory: small enough that a new page is no jolt, large enough that pages are few. */
const PAGE = 256;

type Page = {
	/** The values of each window in order of size, and beside each the place in the ring at which it arrived. */
	readonly sorted: Float64Array;
	readonly places: Uint8Array;
	readonly counts: Uint8Array;
	/** Where in its ring each window writes next. */
	readonly nexts: Uint8Array;
};

/**
 * Many windows of the last `capacity` values each, in order of size, so that quantiles cost a look-up. A push costs a
 * binary search and two shifts of at most `capacity` numbers; a window 9 bytes a value and no object.
 */
export class SortedWindows {
	private readonly capacity: number;
	private readonly pages: Page[] = [];
	private page: Page;
	private window = 0;
	private base = 0;

	/** @param capacity 1 to 255 */
	constructor(capacity: number) {
		this.capacity = capacity;
		this.page = this.addPage();
	}

	/** Turns to the window of a slot; all other methods are about it. A slot that is new is empty. */
	select(slot: number): void {
		const at = Math.floor(slot / PAGE);
		while (this.pages.length <= at) this.addPage();
		this.page = this.pages[at] ?? this.page;
		this.window = slot % PAGE;
		this.base = this.window * this.capacity;
	}

	get size(): number {
		return this.page.counts[this.window] ?? 0;
	}

	clear(): void {
		this.page.counts[this.window] = 0;
		this.page.nexts[this.window] = 0;
	}

	/** Adds a finite value; the oldest leaves when the window is full. */
	push(value: number): void {
		const { sorted, places, counts, nexts } = this.page;
		const { base, capacity, window } = this;
		const place = nexts[window] ?? 0;
		let count = counts[window] ?? 0;
		if (count === capacity) {
			const oldest = places.indexOf(place, base);
			sorted.copyWithin(oldest, oldest + 1, base + count);
			places.copyWithin(oldest, oldest + 1, base + count);
			count -= 1;
		}
		const at = base + this.position(value, count);
		sorted.copyWithin(at + 1, at, base + count);
		places.copyWithin(at + 1, at, base + count);
		sorted[at] = value;
		places[at] = place;
		counts[window] = count + 1;
		nexts[window] = (place + 1) % capacity;
	}

	/** The value at quantile `q` (0-1) by linear interpolation; NaN when empty. */
	quantile(q: number): number {
		const count = this.size;
		if (count === 0) return Number.NaN;
		const { sorted } = this.page;
		const at = q * (count - 1);
		const low = sorted[this.base + Math.floor(at)] ?? Number.NaN;
		const high = sorted[this.base + Math.ceil(at)] ?? Number.NaN;
		const share = at - Math.floor(at);
		// The difference of two numbers near the largest there is has no number.
		const apart = high - low;
		return Number.isFinite(apart) ? low + apart * share : low * (1 - share) + high * share;
	}

	/** The median of the distances to `center`; NaN when empty. Two pointers walk outwards from the center. */
	medianDistance(center: number): number {
		const count = this.size;
		if (count === 0) return Number.NaN;
		const { sorted } = this.page;
		const { base } = this;
		let right = this.position(center, count);
		let left = right - 1;
		let previous = 0;
		let current = 0;
		for (let taken = 0; taken <= count >> 1; taken += 1) {
			previous = current;
			const below = left >= 0 ? center - (sorted[base + left] ?? 0) : Number.POSITIVE_INFINITY;
			const above = right < count ? (sorted[base + right] ?? 0) - center : Number.POSITIVE_INFINITY;
			if (below <= above) {
				current = below;
				left -= 1;
			} else {
				current = above;
				right += 1;
			}
		}
		return count % 2 === 1 ? current : previous / 2 + current / 2;
	}

	/** Writes the values in order of arrival, oldest first, from `out[at]` on. */
	copyTo(out: Float64Array, at: number): void {
		const { sorted, places, nexts } = this.page;
		const count = this.size;
		const start = (nexts[this.window] ?? 0) - count + this.capacity;
		for (let i = this.base; i < this.base + count; i += 1)
			out[at + (((places[i] ?? 0) - start + 2 * this.capacity) % this.capacity)] = sorted[i] ?? Number.NaN;
	}

	private addPage(): Page {
		const page = {
			sorted: new Float64Array(PAGE * this.capacity),
			places: new Uint8Array(PAGE * this.capacity),
			counts: new Uint8Array(PAGE),
			nexts: new Uint8Array(PAGE),
		};
		this.pages.push(page);
		return page;
	}

	private position(value: number, count: number): number {
		const { sorted } = this.page;
		const { base } = this;
		let low = 0;
		let high = count;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((sorted[base + middle] ?? 0) < value) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
