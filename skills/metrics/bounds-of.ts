import type { ForecastPoint } from "../../src/domain/forecast.ts";
import type { Sample } from "../../src/domain/time-series.ts";
import type { MetricReading } from "./read-metric.ts";

/** What a quantity can be at all, in its unit; infinite where nothing is known. */
export type Bounds = { readonly low: number; readonly high: number };

/**
 * The bounds of a quantity: those of the watch that observes it; shares of a host, of a disk and of requests end at 100,
 * memory where all of it is used. What was never negative is not expected to be. Values that were seen are never out of
 * bounds.
 */
export function boundsOf(reading: MetricReading, samples: readonly Sample[]): Bounds {
	const watch = reading.watch ?? reading.expectation?.watch;
	const [least, most] = samples.reduce<readonly [number, number]>(
		([low, high], { v }) => [Math.min(low, v), Math.max(high, v)],
		[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
	);
	const { unit } = reading.quantity;
	const share = unit === "percent" && (reading.target.kind === "host" || SHARES.has(reading.metric));
	const total = reading.beside.find((one) => one.label === "In all" && one.unit === unit)?.value;
	const high = watch?.ceiling ?? (share ? 100 : (total ?? Number.POSITIVE_INFINITY));
	const low = watch?.floor ?? (least >= 0 ? 0 : Number.NEGATIVE_INFINITY);
	return { low: Math.min(low, least), high: Math.max(high, most) };
}

const SHARES = new Set<MetricReading["metric"]>(["disk", "error-rate"]);

/** A forecast within what can be. */
export function withinBounds({ t, v, low, high }: ForecastPoint, bounds: Bounds): ForecastPoint {
	const held = (value: number) => Math.min(bounds.high, Math.max(bounds.low, value));
	return { t, v: held(v), low: held(low), high: held(high) };
}
