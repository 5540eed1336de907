/** One cumulative bucket of a classic histogram: `count` observations at or below `upperBound`. */
export type Bucket = { readonly upperBound: number; readonly count: number };

/** Differences this small relative to the counts are taken as rounding. */
const SMALL_DELTA = 1e-12;
const SMALLEST_NORMAL = 2 ** -1022;

/**
 * The q-quantile of a classic histogram by linear interpolation within its bucket. `buckets` are sorted by bound.
 * NaN without a +Inf bucket, with fewer than two buckets or with no observations; -Inf and +Inf for q outside 0 to 1.
 * Follows Prometheus 3 (BucketQuantile in promql/quantile.go), with its tolerance for rounding in the counts.
 */
export function bucketQuantile(q: number, buckets: readonly Bucket[]): number {
	if (Number.isNaN(q)) return Number.NaN;
	if (q < 0) return Number.NEGATIVE_INFINITY;
	if (q > 1) return Number.POSITIVE_INFINITY;
	if (buckets.at(-1)?.upperBound !== Number.POSITIVE_INFINITY) return Number.NaN;
	const bounds: number[] = [];
	const counts: number[] = [];
	for (const { upperBound, count } of buckets) {
		if (bounds.at(-1) === upperBound) counts[counts.length - 1] = (counts.at(-1) ?? 0) + count;
		else {
			bounds.push(upperBound);
			counts.push(count);
		}
	}
	makeMonotonic(counts);
	const observations = counts.at(-1) ?? 0;
	if (bounds.length < 2 || observations === 0) return Number.NaN;
	return interpolate(q * observations, bounds, counts);
}

function interpolate(rank: number, bounds: readonly number[], counts: readonly number[]): number {
	const last = bounds.length - 1;
	const index = firstAtLeast(counts, rank, last);
	const end = bounds[index] ?? Number.NaN;
	if (index === last) return bounds[last - 1] ?? Number.NaN;
	if (index === 0 && end <= 0) return end;
	const start = index === 0 ? 0 : (bounds[index - 1] ?? 0);
	const below = index === 0 ? 0 : (counts[index - 1] ?? 0);
	return start + (end - start) * ((rank - below) / ((counts[index] ?? 0) - below));
}

/** The first index below `limit` whose count reaches the rank, else `limit`. */
function firstAtLeast(counts: readonly number[], rank: number, limit: number): number {
	let low = 0;
	let high = limit;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((counts[middle] ?? 0) >= rank) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Scrapes are not atomic across queries, so counts may dip; a cumulative histogram can't. */
function makeMonotonic(counts: number[]): void {
	let previous = counts[0] ?? 0;
	for (let index = 1; index < counts.length; index += 1) {
		const count = counts[index] ?? 0;
		if (count < previous || nearlyEqual(previous, count)) counts[index] = previous;
		else previous = count;
	}
}

function nearlyEqual(a: number, b: number): boolean {
	if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
	const sum = Math.abs(a) + Math.abs(b);
	const difference = Math.abs(a - b);
	if (a === 0 || b === 0 || sum < SMALLEST_NORMAL) return difference < SMALL_DELTA * SMALLEST_NORMAL;
	return difference / Math.min(sum, Number.MAX_VALUE) < SMALL_DELTA;
}
