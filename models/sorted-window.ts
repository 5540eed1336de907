/**
 * The last `capacity` values, kept in order of arrival and in order of size, so that quantiles cost a look-up.
 * A push costs a binary search and one shift of at most `capacity` numbers.
 */
export class SortedWindow {
	private readonly arrival: Float64Array;
	private readonly sorted: Float64Array;
	private next = 0;
	private count = 0;

	/** @param capacity at least 1 */
	constructor(capacity: number) {
		this.arrival = new Float64Array(capacity);
		this.sorted = new Float64Array(capacity);
	}

	get size(): number {
		return this.count;
	}

	/** Adds a finite value; the oldest leaves when the window is full. */
	push(value: number): void {
		if (this.count === this.arrival.length) this.remove(this.arrival[this.next] ?? 0);
		this.arrival[this.next] = value;
		this.next = (this.next + 1) % this.arrival.length;
		const at = this.position(value);
		this.sorted.copyWithin(at + 1, at, this.count);
		this.sorted[at] = value;
		this.count += 1;
	}

	/** The value at quantile `q` (0-1) by linear interpolation; NaN when empty. */
	quantile(q: number): number {
		if (this.count === 0) return Number.NaN;
		const at = q * (this.count - 1);
		const low = this.sorted[Math.floor(at)] ?? Number.NaN;
		const high = this.sorted[Math.ceil(at)] ?? Number.NaN;
		const share = at - Math.floor(at);
		// The difference of two numbers near the largest there is has no number.
		const apart = high - low;
		return Number.isFinite(apart) ? low + apart * share : low * (1 - share) + high * share;
	}

	/** The median of the distances to `center`; NaN when empty. Two pointers walk outwards from the center. */
	medianDistance(center: number): number {
		if (this.count === 0) return Number.NaN;
		let right = this.position(center);
		let left = right - 1;
		let previous = 0;
		let current = 0;
		for (let taken = 0; taken <= Math.floor(this.count / 2); taken += 1) {
			previous = current;
			const below = left >= 0 ? center - (this.sorted[left] ?? 0) : Number.POSITIVE_INFINITY;
			const above = right < this.count ? (this.sorted[right] ?? 0) - center : Number.POSITIVE_INFINITY;
			if (below <= above) {
				current = below;
				left -= 1;
			} else {
				current = above;
				right += 1;
			}
		}
		return this.count % 2 === 1 ? current : previous / 2 + current / 2;
	}

	/** The values in order of arrival, oldest first. */
	values(): Float64Array {
		const out = new Float64Array(this.count);
		const start = this.count === this.arrival.length ? this.next : 0;
		for (let i = 0; i < this.count; i += 1)
			out[i] = this.arrival[(start + i) % this.arrival.length] ?? Number.NaN;
		return out;
	}

	private remove(value: number): void {
		const at = this.position(value);
		this.sorted.copyWithin(at, at + 1, this.count);
		this.count -= 1;
	}

	private position(value: number): number {
		let low = 0;
		let high = this.count;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.sorted[middle] ?? 0) < value) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
