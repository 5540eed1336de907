/** All points of several files, highest score first; `ends[r]` is where the points with `thresholds[r]` end. */
export type RankedScores = {
	readonly thresholds: Float64Array;
	readonly ends: Int32Array;
	readonly file: Int32Array;
	readonly index: Int32Array;
};

/** Scores from `from` on are ranked. NaN counts as 0. */
export type Scored = { readonly scores: Float32Array | Float64Array; readonly from: number };

/** Sorts by counting over the distinct scores: one native sort of numbers, no comparator. */
export function rankScores(files: readonly Scored[]): RankedScores {
	const thresholds = distinct(files);
	const counts = new Int32Array(thresholds.length);
	const ranks = files.map(({ scores, from }) => {
		const own = new Int32Array(scores.length);
		for (let i = from; i < scores.length; i += 1) {
			const rank = rankOf(thresholds, scores[i] || 0);
			own[i] = rank;
			counts[rank] = (counts[rank] ?? 0) + 1;
		}
		return own;
	});
	const next = new Int32Array(thresholds.length);
	const ends = new Int32Array(thresholds.length);
	let points = 0;
	for (let rank = 0; rank < counts.length; rank += 1) {
		next[rank] = points;
		points += counts[rank] ?? 0;
		ends[rank] = points;
	}
	const file = new Int32Array(points);
	const index = new Int32Array(points);
	for (const [number, own] of ranks.entries()) {
		for (let i = files[number]?.from ?? 0; i < own.length; i += 1) {
			const rank = own[i] ?? 0;
			const at = next[rank] ?? 0;
			next[rank] = at + 1;
			file[at] = number;
			index[at] = i;
		}
	}
	return { thresholds, ends, file, index };
}

/** The distinct scores, highest first. */
function distinct(files: readonly Scored[]): Float64Array {
	const every = new Float64Array(files.reduce((sum, { scores, from }) => sum + scores.length - from, 0));
	let filled = 0;
	for (const { scores, from } of files) {
		for (let i = from; i < scores.length; i += 1) {
			every[filled] = scores[i] || 0;
			filled += 1;
		}
	}
	const all = every.toSorted().toReversed();
	let kept = 0;
	for (let i = 0; i < all.length; i += 1) {
		if (i > 0 && all[i] === all[i - 1]) continue;
		all[kept] = all[i] ?? 0;
		kept += 1;
	}
	return all.subarray(0, kept);
}

function rankOf(descending: Float64Array, score: number): number {
	let low = 0;
	let high = descending.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((descending[middle] ?? 0) > score) low = middle + 1;
		else high = middle;
	}
	return low;
}
