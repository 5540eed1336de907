import { seededRandom } from "../../../models/random.ts";
import type { Sample } from "../../../src/domain/time-series.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A time that falls on no round hour. */
export const START = 1_700_000_000_000;

/** Seeded normal noise (Box and Muller), so that it repeats. */
export function gaussian(seed: number): () => number {
	const uniform = seededRandom(seed);
	return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Samples at even steps from `START` on. */
export function series(count: number, value: (index: number) => number, stepMs = 10_000): Sample[] {
	return Array.from({ length: count }, (_, index) => ({ t: START + index * stepMs, v: value(index) }));
}

/** Days of samples every 10 minutes: low at night, high by day, and a trend a day. */
export function daily(
	days: number,
	{
		high = 50,
		low = 20,
		trend = 0,
		noise = () => 0,
	}: { high?: number; low?: number; trend?: number; noise?: () => number } = {},
): Sample[] {
	return series(
		days * 144,
		(i) => low + (high - low) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / 144)) + (trend * i) / 144 + noise(),
		10 * MINUTE,
	);
}
