import type { WatchReading } from "../ports/watch-board.ts";

const STALE_AFTER_INTERVALS = 5;

/** Whether a watch is known to be well now: scored, not long ago, and nothing found. */
export function isInside(reading: WatchReading, nowMs: number): boolean {
	if (reading.status.state !== "ready" || isStale(reading, nowMs)) return false;
	return reading.series.every((series) => series.severity === undefined);
}

/** Whether a ready watch was last scored more than five of its intervals ago. */
export function isStale(reading: WatchReading, nowMs: number): boolean {
	const scoredAtMs = reading.status.lastScoredAtMs;
	if (reading.status.state !== "ready" || scoredAtMs === undefined) return false;
	return nowMs - scoredAtMs > reading.watch.intervalSeconds * 1000 * STALE_AFTER_INTERVALS;
}

/** Seconds until a learning watch has the samples it needs; undefined before anything is known. */
export function readyInSeconds(reading: WatchReading): number | undefined {
	const { state, samples, samplesNeeded } = reading.status;
	if (state !== "learning" || samplesNeeded === 0) return undefined;
	return Math.max(0, samplesNeeded - samples) * reading.watch.intervalSeconds;
}
