import type { Window } from "./window.ts";

/**
 * The change over a window, extrapolated to its borders: the core of rate, increase and delta. `isCounter` adds back
 * what resets took away and never extrapolates below zero; `isRate` gives the change per second.
 *
 * Follows Prometheus 3 (extrapolatedRate in promql/functions.go). Prometheus 2 differs in one place: it looked at the
 * zero point before it shortened a far start to half an interval, so it could extrapolate further back.
 */
export function extrapolatedChange(window: Window, isCounter: boolean, isRate: boolean): number | undefined {
	const { times, values, from, to, startMs, endMs } = window;
	if (to - from < 2) return undefined;
	const firstMs = times[from] ?? 0;
	const lastMs = times[to - 1] ?? 0;
	const first = values[from] ?? 0;
	const change = (values[to - 1] ?? 0) - first + (isCounter ? lostToResets(window) : 0);
	const sampledSeconds = (lastMs - firstMs) / 1000;
	const meanGapSeconds = sampledSeconds / (to - from - 1);
	const nearSeconds = meanGapSeconds * 1.1;
	let toStart = (firstMs - startMs) / 1000;
	let toEnd = (endMs - lastMs) / 1000;
	if (toStart >= nearSeconds) toStart = meanGapSeconds / 2;
	if (isCounter && change > 0 && first >= 0) toStart = Math.min(toStart, sampledSeconds * (first / change));
	if (toEnd >= nearSeconds) toEnd = meanGapSeconds / 2;
	const factor = (sampledSeconds + toStart + toEnd) / sampledSeconds;
	return change * (isRate ? factor / ((endMs - startMs) / 1000) : factor);
}

function lostToResets({ values, from, to }: Window): number {
	let lost = 0;
	let previous = values[from] ?? 0;
	for (let index = from + 1; index < to; index += 1) {
		const value = values[index] ?? 0;
		if (value < previous) lost += previous;
		previous = value;
	}
	return lost;
}
