import { LAST, REPEATS, RUN, SEEN } from "./layout.ts";

/** A series that often repeats a value may do so for long. */
const RARELY = 0.05;
/** Points after which a series is known well enough. */
const NEEDED = 300;
const RUN_POINTS = 12;

/**
 * How long a series whose values hardly ever repeat has repeated one, in dozens of points; 0 for other series. Call after
 * the value is counted and before it is the last one.
 */
export function stuckFor(d: Float64Array, value: number): number {
	const seen = d[SEEN] ?? 0;
	if (seen <= 1 || value !== d[LAST]) {
		d[RUN] = 0;
		return 0;
	}
	d[RUN] = (d[RUN] ?? 0) + 1;
	d[REPEATS] = (d[REPEATS] ?? 0) + 1;
	return seen > NEEDED && (d[REPEATS] ?? 0) < RARELY * seen ? (d[RUN] ?? 0) / RUN_POINTS : 0;
}
