/** How often normal noise is so many deviations or more away (Abramowitz and Stegun 7.1.26). */
export function normalTail(deviations: number): number {
	const x = Math.min(deviations, 30) / Math.SQRT2;
	const t = 1 / (1 + 0.3275911 * x);
	const sum =
		t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
	return Math.min(1, Math.max(0, sum * Math.exp(-x * x)));
}
