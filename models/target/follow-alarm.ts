import { ALARM, PEAK } from "./target.ts";

/** What an alarm of a target can be. */
const QUIET = 0;
export const GOING_ON = 1;
const OVER = 2;

/**
 * Whether something abnormal goes on. The score is a mean over hours and stays above 1 long after what raised it: so
 * an alarm begins when the score and `recent`, the same over a shorter time, are above 1, and is over when `recent` is
 * not. It can begin again once the score was at 1 or below, or is higher than it was during the alarm.
 */
export function followAlarm(numbers: Float64Array, score: number, recent: number): void {
	const before = numbers[ALARM] ?? QUIET;
	const peak = numbers[PEAK] ?? 0;
	if (!(score > 1)) {
		numbers[ALARM] = QUIET;
		numbers[PEAK] = 0;
		return;
	}
	const may = before !== OVER || score > peak;
	if (recent > 1 && may) {
		numbers[ALARM] = GOING_ON;
		numbers[PEAK] = Math.max(peak, score);
	} else if (before === GOING_ON) numbers[ALARM] = OVER;
}
