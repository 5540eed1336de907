/** Points of rest after an alarm: 10 hours at a step of 5 minutes. Fixed, so nobody looks ahead. */
const REST_POINTS = 120;

/**
 * The scores with a rest period: after an alarm, for `points` points a score that is not larger than it is made 0.
 * A low score never silences a higher one, so this is the same for every threshold.
 */
export function rest<T extends Float32Array | Float64Array>(scores: T, points: number = REST_POINTS): T {
	const kept = scores.slice() as T;
	let alarm = Number.NEGATIVE_INFINITY;
	let level = 0;
	for (let i = 0; i < scores.length; i += 1) {
		const score = scores[i] || 0;
		if (i - alarm <= points && score <= level) kept[i] = 0;
		else {
			alarm = i;
			level = score;
		}
	}
	return kept;
}
