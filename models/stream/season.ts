import { HOUR_MEAN, HOUR_SEEN, HOUR_SPREAD, HOURS } from "./layout.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = HOURS * HOUR_MS;
/** Days that an hour's usual value and spread remember. */
export const MEMORY_DAYS = 7;
/** A value is learned as if no more than so many spreads away. */
const LARGEST_STEP = 4;

/** Where an instant lies between the middles of two hours of the day (UTC): index of the first, share of the second. */
function hourAt(atMs: number): number {
	const into = (((atMs % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS - 0.5;
	return into < 0 ? into + HOURS : into;
}

function between(f: Float32Array, start: number, hour: number): number {
	const first = Math.floor(hour) % HOURS;
	const share = hour - Math.floor(hour);
	return (f[start + first] ?? 0) * (1 - share) + (f[start + ((first + 1) % HOURS)] ?? 0) * share;
}

/** Whether both hours around the instant were seen often enough. */
export function hourKnown(f: Float32Array, atMs: number, needed: number): boolean {
	const first = Math.floor(hourAt(atMs)) % HOURS;
	return (f[HOUR_SEEN + first] ?? 0) >= needed && (f[HOUR_SEEN + ((first + 1) % HOURS)] ?? 0) >= needed;
}

/** The usual value at this time of day. */
export function usualAt(f: Float32Array, atMs: number): number {
	return between(f, HOUR_MEAN, hourAt(atMs));
}

/** What is usual at this time of day: the usual values of the two hours around it and three mean distances beyond. */
export function rangeAt(f: Float32Array, atMs: number): { readonly low: number; readonly high: number } {
	const first = Math.floor(hourAt(atMs)) % HOURS;
	const one = f[HOUR_MEAN + first] ?? 0;
	const other = f[HOUR_MEAN + ((first + 1) % HOURS)] ?? 0;
	const margin = 3 * spreadAt(f, atMs);
	return { low: Math.min(one, other) - margin, high: Math.max(one, other) + margin };
}

/** How far a value is outside of what is usual in the two hours around the instant; 0 between their usual values. */
export function outsideHours(f: Float32Array, value: number, atMs: number): number {
	const first = Math.floor(hourAt(atMs)) % HOURS;
	const one = f[HOUR_MEAN + first] ?? 0;
	const other = f[HOUR_MEAN + ((first + 1) % HOURS)] ?? 0;
	if (value > Math.max(one, other)) return value - Math.max(one, other);
	return Math.min(0, value - Math.min(one, other));
}

/** The mean distance from the usual value at this time of day. */
export function spreadAt(f: Float32Array, atMs: number): number {
	return between(f, HOUR_SPREAD, hourAt(atMs));
}

/** The usual value of the day: the mean of the hours that were seen. */
export function usualOfDay(f: Float32Array): number {
	let sum = 0;
	let hours = 0;
	for (let i = 0; i < HOURS; i += 1)
		if ((f[HOUR_SEEN + i] ?? 0) > 0) {
			sum += f[HOUR_MEAN + i] ?? 0;
			hours += 1;
		}
	return hours === 0 ? 0 : sum / hours;
}

/** Learns a value into its hour. `perHour`: points an hour; `least`: the smallest spread that counts. */
export function learnHour(
	f: Float32Array,
	value: number,
	atMs: number,
	perHour: number,
	least: number,
): void {
	const hour = Math.floor((hourAt(atMs) + 0.5) % HOURS);
	const seen = Math.min((f[HOUR_SEEN + hour] ?? 0) + 1, MEMORY_DAYS * perHour);
	f[HOUR_SEEN + hour] = seen;
	const expected = hourKnown(f, atMs, perHour + 1) ? usualAt(f, atMs) : (f[HOUR_MEAN + hour] ?? 0);
	const spread = f[HOUR_SPREAD + hour] ?? 0;
	const limit = seen <= perHour ? Number.POSITIVE_INFINITY : LARGEST_STEP * Math.max(spread, least);
	const apart = Math.max(-limit, Math.min(limit, value - expected));
	f[HOUR_MEAN + hour] = (f[HOUR_MEAN + hour] ?? 0) + apart / seen;
	f[HOUR_SPREAD + hour] = spread + (Math.abs(apart) - spread) / seen;
}
