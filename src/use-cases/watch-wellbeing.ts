import { isOutside } from "../domain/left-band.ts";
import type { ScoredPoint, WatchReading } from "../ports/watch-board.ts";

const STALE_AFTER_INTERVALS = 5;

/** Whether a watch is known to be well now: scored, not long ago, inside its band and nothing found. */
export function isInside(reading: WatchReading, nowMs: number): boolean {
	if (reading.status.state !== "ready" || isStale(reading, nowMs)) return false;
	return reading.series.every((series) => series.severity === undefined) && !newestOutside(reading);
}

/** Whether a ready watch has its newest value outside its band and nothing was reported of it. */
export function isUnreported(reading: WatchReading, nowMs: number): boolean {
	if (reading.status.state !== "ready" || isStale(reading, nowMs)) return false;
	return reading.series.every((series) => series.severity === undefined) && newestOutside(reading);
}

/** Of the series that is shown: the one with the highest score. */
function newestOutside({ series }: WatchReading): boolean {
	const newest = series
		.flatMap(({ points }) => points.at(-1) ?? [])
		.reduce<ScoredPoint | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined);
	if (newest?.low === undefined || newest.high === undefined) return false;
	return isOutside(newest.v, { low: newest.low, high: newest.high });
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
