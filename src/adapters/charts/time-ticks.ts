import type { TimeSpan } from "./clean-points.ts";
import type { ZoneClock } from "./zone-clock.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** One day, in milliseconds. */
export const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Monday 5 January 1970, so that steps of weeks begin on Mondays. */
const FIRST_MONDAY = 4 * DAY;
const MOST_TICKS = 9;

const STEPS: readonly number[] = [
	...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
	...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
	...[1, 2, 3, 6, 12].map((count) => count * HOUR),
	...[1, 2, 4].map((count) => count * DAY),
	...[1, 2, 4, 8, 13, 26, 52].map((count) => count * WEEK),
];

/** Round steps in milliseconds that give a span of this length from 1 to 9 ticks, finest first. */
export function roundSteps(lengthMs: number): readonly number[] {
	const steps = STEPS.filter((stepMs) => lengthMs / stepMs < MOST_TICKS && lengthMs >= stepMs);
	const longest = 52 * WEEK;
	return steps.length > 0 ? steps : [longest * Math.ceil(lengthMs / longest / (MOST_TICKS / 2))];
}

/**
 * Instants of the span, its end not counted, at which the zone's wall clock shows a multiple of the step. Wall time
 * counts evenly, so a tick is found there and brought back; where clocks change, ticks stay round.
 */
export function roundInstants(span: TimeSpan, clock: ZoneClock, stepMs: number): readonly number[] {
	const base = stepMs % WEEK === 0 ? FIRST_MONDAY : 0;
	const startOffsetMs = clock.offsetMs(span.startMs);
	const first = base + Math.ceil((span.startMs + startOffsetMs - base) / stepMs) * stepMs;
	const instants: number[] = [];
	for (let local = first; local <= span.endMs + startOffsetMs + DAY; local += stepMs) {
		const guess = local - clock.offsetMs(local - startOffsetMs);
		const t = local - clock.offsetMs(guess);
		if (t >= span.endMs) break;
		if (t >= span.startMs && t > (instants.at(-1) ?? -Infinity)) instants.push(t);
	}
	return instants;
}
