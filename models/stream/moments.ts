/** After so many points the mean and the variance forget: the newest weighs 1 in 16,384. */
const MEMORY = 16_384;

/** From so many values on, one counts as no further from the mean than so many deviations: a wild value is not the new scale. */
export const TRUSTED = 100;
export const FARTHEST = 30;

/** Welford's running mean and variance in `d[mean]` and `d[variance]`; `count` counts this value in. */
export function learnMoments(
	d: Float64Array,
	mean: number,
	variance: number,
	count: number,
	value: number,
): void {
	const share = 1 / Math.min(count, MEMORY);
	const whole = value - (d[mean] ?? 0);
	const limit = count > TRUSTED ? FARTHEST * Math.sqrt(d[variance] ?? 0) : 0;
	const apart = limit > 0 ? Math.max(-limit, Math.min(limit, whole)) : whole;
	d[mean] = (d[mean] ?? 0) + apart * share;
	d[variance] = (1 - share) * ((d[variance] ?? 0) + share * apart * apart);
}
