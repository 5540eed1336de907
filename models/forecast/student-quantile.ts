/**
 * The quantile of the standard normal distribution for 0 < p < 1, to 4.5e-4 (Abramowitz and Stegun 26.2.23).
 */
export function normalQuantile(p: number): number {
	const tail = Math.min(p, 1 - p);
	const t = Math.sqrt(-2 * Math.log(tail));
	const z =
		t -
		(2.515517 + 0.802853 * t + 0.010328 * t * t) /
			(1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
	return p < 0.5 ? -z : z;
}

/** The quantile of Student's t for the normal quantile `z` (Abramowitz and Stegun 26.7.5), from 3 degrees of freedom on. */
export function studentQuantile(z: number, degrees: number): number {
	const first = (z ** 3 + z) / 4;
	const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
	const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
	return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}
