import { forgetSlot, type WatchState } from "./watch-state.ts";

const FORGET_AFTER_MS = 600_000;

/** Series that did not come for 10 minutes or `longMs`, whichever is longer, up to an instant at which others came. */
export function vanishedSlots({ table }: WatchState, atMs: number, longMs: number): readonly number[] {
	const leastMs = Math.max(FORGET_AFTER_MS, longMs);
	return [...table.all()].filter((slot) => atMs - table.lastSeenMs(slot) >= leastMs);
}

/** Forgets those, so that what is gone takes nobody's place. One with an open finding stays: that is to be closed first. */
export function forgetVanished(state: WatchState, atMs: number, longMs: number): void {
	for (const slot of vanishedSlots(state, atMs, longMs))
		if (!state.anomalies.has(slot)) forgetSlot(state, slot);
}
