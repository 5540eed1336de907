import type { PastErrors } from "./define-forecaster.ts";
import { normalQuantile, studentQuantile } from "./student-quantile.ts";

/** What a forecast has to be moved by to get the ends of its interval: `low` <= 0 <= `high`. */
export type Margins = { readonly low: number; readonly high: number };

/**
 * The interval that held the share `coverage` (0-1) of past errors, as in split conformal prediction (Vovk et al.,
 * Algorithmic Learning in a Random World, 2005), each side by itself. Few independent errors say little of their
 * tails: the interval is then widened as Student's t is wider than the normal distribution.
 */
export function marginsOf({ sorted, independent }: PastErrors, coverage: number): Margins {
	if (sorted.length === 0) return { low: 0, high: 0 };
	const upper = (1 + Math.min(0.999, Math.max(0, coverage))) / 2;
	const z = normalQuantile(upper);
	const widened = studentQuantile(z, Math.max(3, independent)) / Math.max(z, 1e-9);
	return {
		low: Math.min(0, quantileOf(sorted, 1 - upper) * widened),
		high: Math.max(0, quantileOf(sorted, upper) * widened),
	};
}

/** The quantile `q` (0-1) of ascending numbers, by linear interpolation; 0 where there are none. */
export function quantileOf(sorted: Float64Array, q: number): number {
	const at = q * (sorted.length - 1);
	const low = sorted[Math.floor(at)] ?? 0;
	const high = sorted[Math.ceil(at)] ?? low;
	const share = at - Math.floor(at);
	return low * (1 - share) + high * share;
}
