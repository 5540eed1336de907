/** The share of scores that count as the tail. */
const TAIL = 0.05;

/** How often scores of a forest are exceeded: what `rareness` needs to know of them. */
export type ScoreTail = {
	/** In order of size. */
	readonly sorted: Float64Array;
	/** Where the tail begins, and by how much it is exceeded on the average. */
	readonly from: number;
	readonly excess: number;
};

/** The tail of at least one score. */
export function scoreTail(scores: Float64Array): ScoreTail {
	const sorted = scores.toSorted();
	const first = Math.floor((1 - TAIL) * (sorted.length - 1));
	const from = sorted[first] ?? 0;
	let sum = 0;
	for (let i = first + 1; i < sorted.length; i += 1) sum += (sorted[i] ?? 0) - from;
	const beyond = sorted.length - first - 1;
	return { sorted, from, excess: Math.max(beyond === 0 ? 0 : sum / beyond, 1e-3) };
}

/**
 * -log10 of how often such a score or a higher one comes: counted up to the tail, from there on with exponential
 * excesses (peaks over threshold, Pickands 1975). 0 or more.
 */
export function rareness(tail: ScoreTail, score: number): number {
	if (score > tail.from) return -Math.log10(TAIL) + (score - tail.from) / tail.excess / Math.LN10;
	let low = 0;
	let high = tail.sorted.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((tail.sorted[middle] ?? 0) < score) low = middle + 1;
		else high = middle;
	}
	return Math.min(-Math.log10(TAIL), -Math.log10(1 - low / (tail.sorted.length + 1)));
}
