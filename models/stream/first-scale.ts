import { MAD_SCALE } from "./expected-band.ts";
import {
	FAR_ERROR,
	FAR_LEVEL,
	FAST,
	LEVELS,
	MEAN,
	NEAR_ERROR,
	NEAR_LEVEL,
	RECORD_DRIFT,
	SLOW,
	VARIANCE,
} from "./layout.ts";
import { FARTHEST } from "./moments.ts";
import { medianDistance, medianOf } from "./young-median.ts";

/**
 * Takes a wild value out of the scale and the levels of a series that is still young enough for all its values to be known (`seen` of them):
 * many series start with a 0 or with what was left of another.
 */
export function trustScale(d: Float64Array, f: Float32Array, seen: number): void {
	const median = medianOf(f, LEVELS, seen);
	const robust = MAD_SCALE * medianDistance(f, LEVELS, seen, median);
	if (robust === 0 || Math.sqrt(d[VARIANCE] ?? 0) <= FARTHEST * robust) return;
	d[MEAN] = median;
	d[VARIANCE] = robust * robust;
	for (const level of [FAST, SLOW, NEAR_LEVEL, FAR_LEVEL]) d[level] = median;
	for (const error of [NEAR_ERROR, FAR_ERROR]) d[error] = robust;
	d[RECORD_DRIFT] = 0;
}
