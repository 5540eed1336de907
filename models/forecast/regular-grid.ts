import type { Sample } from "../../src/domain/time-series.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** A day in milliseconds. */
export const DAY_MS = 24 * HOUR;

/** The last time that a Date can hold. */
const LAST_MS = 8.64e15;
/** Steps that a day is a multiple of, so that the same time of day is always the same cell. */
const STEPS_MS = [
	...[1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30].map((seconds) => seconds * SECOND),
	...[1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30].map((minutes) => minutes * MINUTE),
	...[1, 2, 3, 4, 6].map((hours) => hours * HOUR),
];

/** A series at even steps. The cell `i` ends at `newestMs - (length - 1 - i) * stepMs`; NaN: nothing was measured. */
export type Grid = {
	readonly stepMs: number;
	readonly newestMs: number;
	/** Means of what fell into each cell; the first and the last are numbers. */
	readonly values: Float64Array;
	/** As `values` with the gaps filled from what was known before each of them: by the day before, else by the last value. */
	readonly filled: Float64Array;
	/** How many cells hold a number. */
	readonly measured: number;
	/** Cells of a day; the step divides a day. */
	readonly dayCells: number;
};

/**
 * Puts samples on a grid. Values and times that are not finite are left out, order does not matter, of equal times the
 * last one counts. The step is that of the samples (the median distance), or coarser to keep within `mostCells`; what
 * is older than `mostCells` of the coarsest step (6 h) is dropped.
 * @returns undefined with fewer than two different times
 */
export function toGrid(samples: readonly Sample[], mostCells: number): Grid | undefined {
	const clean = cleanSamples(samples);
	const [oldest, newest] = [clean[0], clean.at(-1)];
	if (!oldest || !newest || newest.t <= oldest.t) return undefined;
	const span = newest.t - oldest.t;
	const wanted = Math.max(medianDistance(clean), span / (mostCells - 1));
	// Scrapes jitter: a step of 9.98 s is one of 10 s, and one of 10.1 s is too.
	const stepMs = STEPS_MS.find((step) => step >= wanted * 0.9) ?? 6 * HOUR;
	const length = Math.min(mostCells, Math.floor(span / stepMs) + 1);
	const values = new Float64Array(length);
	const counts = new Float64Array(length);
	for (const { t, v } of clean) {
		const cell = length - 1 - Math.floor((newest.t - t) / stepMs);
		if (cell < 0) continue;
		const count = (counts[cell] ?? 0) + 1;
		const before = values[cell] ?? 0;
		values[cell] = before + (v - before) / count;
		counts[cell] = count;
	}
	for (let i = 0; i < length; i++) if (counts[i] === 0) values[i] = Number.NaN;
	return gridOf(values, stepMs, newest.t);
}

/** A grid from the values of its cells; `stepMs` divides a day. */
export function gridOf(values: Float64Array, stepMs: number, newestMs: number): Grid {
	const dayCells = Math.round(DAY_MS / stepMs);
	const measured = values.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
	return { stepMs, newestMs, values, filled: fillGaps(values, dayCells), measured, dayCells };
}

/** Finite samples, oldest first, one for each time. */
export function cleanSamples(samples: readonly Sample[]): readonly Sample[] {
	const finite = samples.filter(({ t, v }) => Math.abs(t) <= LAST_MS && Number.isFinite(v));
	const rising = finite.every((sample, index) => index === 0 || sample.t > (finite[index - 1]?.t ?? 0));
	if (rising) return finite;
	return [...new Map(finite.map((sample) => [sample.t, sample])).values()].toSorted((a, b) => a.t - b.t);
}

function medianDistance(samples: readonly Sample[]): number {
	const distances = new Float64Array(samples.length - 1);
	for (let i = 1; i < samples.length; i++) distances[i - 1] = (samples[i]?.t ?? 0) - (samples[i - 1]?.t ?? 0);
	distances.sort();
	return distances[distances.length >> 1] ?? 0;
}

function fillGaps(values: Float64Array, dayCells: number): Float64Array {
	const filled = Float64Array.from(values);
	let last = values.find((value) => !Number.isNaN(value)) ?? 0;
	let missing = 0;
	for (let i = 0; i < filled.length; i++) {
		const value = filled[i] ?? Number.NaN;
		if (Number.isNaN(value)) {
			missing += 1;
			filled[i] = missing > 3 && i >= dayCells ? (filled[i - dayCells] ?? last) : last;
		} else {
			last = value;
			missing = 0;
		}
	}
	return filled;
}
