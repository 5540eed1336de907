import { REST_LEFT, REST_PEAK } from "./layout.ts";
import { REST_POINTS } from "./weights.ts";

/**
 * The score that counts: for 120 points after one, only a higher one does; the others are 0. What is far outside of its
 * band counts at any time: a service that dies an hour after a spike is news.
 */
export function afterRest(d: Float64Array, score: number, isFarOut: boolean): number {
	const left = Math.max(0, (d[REST_LEFT] ?? 0) - 1);
	d[REST_LEFT] = left;
	const isHigher = left === 0 || score > (d[REST_PEAK] ?? 0);
	if (!(score > 0) || !(isHigher || isFarOut)) return 0;
	if (isHigher) {
		d[REST_PEAK] = score;
		d[REST_LEFT] = REST_POINTS + 1;
	}
	return score;
}
