/** A jump of so many deviations is a score of 1; more while points are few. */
const DEVIATIONS = 4.5;
const FEW = 8;
const HIGHEST = 100;
/** A series that has not moved is believed to be constant after so many points. */
const CONSTANT_AFTER = 30;

/**
 * How far a value is from the usual of a series that is too young for the other signals. `scale` is the series'
 * deviation so far, `least` the smallest that counts: a scale no larger means that the series was constant.
 */
export function youngScore(seen: number, apart: number, scale: number, least: number): number {
	if (scale <= least && seen < CONSTANT_AFTER) return 0;
	return Math.min(HIGHEST, Math.abs(apart) / (DEVIATIONS * (1 + FEW / seen) * Math.max(scale, least)));
}
