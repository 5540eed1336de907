import type { Clock } from "../../src/ports/clock.ts";

/** A clock that stands still until it is moved. */
export type FakeClock = Clock & { set(nowMs: number): void; advance(ms: number): void };

/** A clock that shows `startMs`. */
export function fakeClock(startMs = 1_700_000_000_000): FakeClock {
	let nowMs = startMs;
	return {
		now: () => nowMs,
		set: (next) => {
			nowMs = next;
		},
		advance: (ms) => {
			nowMs += ms;
		},
	};
}
