import type { Anomaly, Band } from "./anomaly.ts";
import type { Sample } from "./time-series.ts";

/** Whether a band says anything: that of a detector that expects no range has no width. Pure. */
export function hasWidth(band: Band): boolean {
	return band.high > band.low;
}

/** Whether a value is beyond what was expected; never where no range was. Pure. */
export function isOutside(value: number, band: Band): boolean {
	return hasWidth(band) && (value < band.low || value > band.high);
}

/**
 * Whether a finding began with a value outside its band: it may also be about how values move within it. Judged by the
 * first sample since then, oldest first; without one by the furthest value. Pure.
 */
export function leftBand(
	{ outsideSinceMs, peak, band }: Pick<Anomaly, "outsideSinceMs" | "peak" | "band">,
	samples: readonly Sample[],
): boolean {
	const first = samples.find(({ t, v }) => t >= outsideSinceMs && Number.isFinite(v));
	return isOutside(peak, band) && (first === undefined || isOutside(first.v, band));
}

/** The value that is further from the middle of the band; the first of equals. Pure. */
export function furtherOf(band: Band, value: number, other: number): number {
	const middle = (band.low + band.high) / 2;
	return Math.abs(other - middle) > Math.abs(value - middle) ? other : value;
}

/** Whether the furthest value of a finding is on the upper side: then it is also the highest. Pure. */
export function isHigh(peak: number, band: Band): boolean {
	return peak >= (band.low + band.high) / 2;
}
