import type { TimeSpan } from "./clean-points.ts";
import { textWidthPx } from "./text-width.ts";
import { DAY, roundInstants, roundSteps } from "./time-ticks.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** One text under the time axis; `anchor` says which part of the text stands at `x` (CSS pixels). */
export type TimeTick = {
	readonly t: number;
	readonly x: number;
	readonly text: string;
	readonly anchor: "start" | "middle" | "end";
};

const SECONDS_BELOW_MS = 5 * 60 * 1000;
/** A span this long has the day on its first tick; one that is longer than the second names days by date. */
const DAY_NAMED_FROM_MS = 18 * 60 * 60 * 1000;
const DATED_FROM_MS = 6 * DAY;
const MONTHS_FROM_MS = 300 * DAY;
const GAP_PX = 12;
/** How far a text may reach under the value axis. */
const OVERHANG_PX = 28;

type Place = { readonly left: number; readonly right: number; readonly narrow: boolean };
/** `skipsSome`: ticks had to be left out, more than the one that the end takes the room of. */
type Candidate = { readonly ticks: readonly TimeTick[]; readonly skipsSome: boolean };

/**
 * The texts of the time axis between `left` and `right`: round instants of the zone's clock, and at the right end the
 * end of the span with the zone's name. Texts never touch. Of the round steps the one is taken that gives 4 to 6 texts
 * (3 or 4 when `narrow`), or comes nearest to that.
 */
export function timeAxis(span: TimeSpan, clock: ZoneClock, place: Place): readonly TimeTick[] {
	const [least, most] = place.narrow ? [3, 4] : [4, 6];
	let best: readonly TimeTick[] = [];
	let bestCost = Infinity;
	for (const stepMs of roundSteps(span.endMs - span.startMs)) {
		const { ticks, skipsSome } = ticksOfStep(span, clock, place, stepMs);
		const cost = Math.max(0, least - ticks.length, ticks.length - most) + (skipsSome ? 2 : 0);
		if (cost >= bestCost) continue;
		best = ticks;
		bestCost = cost;
	}
	return best;
}

function ticksOfStep(span: TimeSpan, clock: ZoneClock, place: Place, stepMs: number): Candidate {
	const x = (t: number) =>
		place.left + ((t - span.startMs) / (span.endMs - span.startMs)) * (place.right - place.left);
	const end: TimeTick = {
		t: span.endMs,
		x: place.right,
		text: `${plainText(span.endMs, span, stepMs, clock)} ${clock.nameAt(span.endMs)}`,
		anchor: "end",
	};
	const endLeft = place.right - textWidthPx(end.text, 400);
	const ticks: TimeTick[] = [];
	let freeFrom = -Infinity;
	let skipsSome = false;
	const instants = roundInstants(span, clock, stepMs);
	for (const [index, t] of instants.entries()) {
		const text = tickText(t, span, stepMs, clock, ticks.length === 0);
		const width = textWidthPx(text, 400);
		const atStart = x(t) - place.left < 2 || x(t) - width / 2 < place.left - OVERHANG_PX;
		const left = atStart ? x(t) : x(t) - width / 2;
		if (left + width + GAP_PX > endLeft) {
			skipsSome ||= index < instants.length - 1;
			break;
		}
		if (left < freeFrom) {
			skipsSome = true;
			continue;
		}
		ticks.push({ t, x: x(t), text, anchor: atStart ? "start" : "middle" });
		freeFrom = left + width + GAP_PX;
	}
	return { ticks: [...ticks, end], skipsSome };
}

function plainText(t: number, span: TimeSpan, stepMs: number, clock: ZoneClock): string {
	const lengthMs = span.endMs - span.startMs;
	if (stepMs >= DAY) return lengthMs >= MONTHS_FROM_MS ? clock.month(t) : clock.day(t);
	return clock.time(t, lengthMs < SECONDS_BELOW_MS);
}

function tickText(t: number, span: TimeSpan, stepMs: number, clock: ZoneClock, isFirst: boolean): string {
	const text = plainText(t, span, stepMs, clock);
	if (stepMs >= DAY) return text;
	const lengthMs = span.endMs - span.startMs;
	const isMidnight = (t + clock.offsetMs(t)) % DAY === 0;
	if (!isMidnight && !(isFirst && lengthMs >= DAY_NAMED_FROM_MS)) return text;
	return `${lengthMs > DATED_FROM_MS ? clock.day(t) : clock.weekday(t)} ${text}`;
}
