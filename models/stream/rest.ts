import { REST_LEFT, REST_PEAK } from "./layout.ts";
import { REST_POINTS } from "./weights.ts";

/** The score that counts: for 120 points after one, only a higher one does; the others are 0. */
export function afterRest(d: Float64Array, score: number): number {
	const left = Math.max(0, (d[REST_LEFT] ?? 0) - 1);
	d[REST_LEFT] = left;
	if (!(score > 0) || (left > 0 && score <= (d[REST_PEAK] ?? 0))) return 0;
	d[REST_PEAK] = score;
	d[REST_LEFT] = REST_POINTS + 1;
	return score;
}
