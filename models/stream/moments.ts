/** After so many points the mean and the variance forget: the newest weighs 1 in 16,384. */
const MEMORY = 16_384;

/** Welford's running mean and variance in `d[mean]` and `d[variance]`; `count` counts this value in. */
export function learnMoments(
	d: Float64Array,
	mean: number,
	variance: number,
	count: number,
	value: number,
): void {
	const share = 1 / Math.min(count, MEMORY);
	const apart = value - (d[mean] ?? 0);
	d[mean] = (d[mean] ?? 0) + apart * share;
	d[variance] = (1 - share) * ((d[variance] ?? 0) + share * apart * apart);
}
