import { SEEN } from "./layout.ts";

const RATE = 0.002;

/** Learns a size into the usual one in `d[at]`; `seen` counts this point. */
export function learnUsual(d: Float64Array, at: number, size: number, seen: number): void {
	d[at] = (d[at] ?? 0) + Math.max(1 / seen, RATE) * (size - (d[at] ?? 0));
}

/** The usual size before the newest one, `size`, was learned; 0 of a series with one point. */
export function usualBefore(d: Float64Array, at: number, size: number): number {
	const rate = Math.max(1 / Math.max(1, d[SEEN] ?? 1), RATE);
	return rate < 1 ? Math.max(0, ((d[at] ?? 0) - rate * size) / (1 - rate)) : 0;
}
