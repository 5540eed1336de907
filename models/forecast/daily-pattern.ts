import type { Grid } from "./regular-grid.ts";

/** Half of what a day counts is lost after so many days. */
const HALF_LIFE_DAYS = 4;

/**
 * How a day goes: for each cell of a day what it is above or below the level of that day. `cells[i % dayCells]` belongs
 * to the cell `i` of the grid.
 */
export type DailyPattern = { readonly cells: Float64Array };

/**
 * The typical deviation from the level of the day at each time of day: the median over the days, newer days counting
 * more, of what is left after the level. Levels are medians of whole days, joined by straight lines, so neither a
 * trend nor a bad hour becomes part of the pattern (the idea of Cleveland's STL, 1990, with medians).
 * @param until cells that count; the whole grid by default
 */
export function fitDailyPattern(grid: Grid, until = grid.values.length): DailyPattern {
	const { values, dayCells } = grid;
	const levels = dayLevels(grid, until);
	const days = levels.length;
	const cells = new Float64Array(dayCells);
	const seen = new Float64Array(days);
	const weights = new Float64Array(days);
	const byAge = Float64Array.from({ length: days + 1 }, (_, day) => 0.5 ** (day / HALF_LIFE_DAYS));
	for (let slot = 0; slot < dayCells; slot++) {
		let count = 0;
		for (let i = slot; i < until; i += dayCells) {
			const value = values[i] ?? Number.NaN;
			const ageDays = (until - 1 - i) / dayCells;
			if (Number.isNaN(value) || ageDays >= days) continue;
			seen[count] = value - levelAt(levels, ageDays);
			weights[count] = byAge[Math.floor(ageDays)] ?? 0;
			count += 1;
		}
		cells[slot] = count > 0 ? weightedMedian(seen, weights, count) : Number.NaN;
	}
	return { cells: closeGaps(cells) };
}

/** The medians of whole days, the newest first; a day counts from half of its cells on. */
function dayLevels({ values, filled, dayCells }: Grid, until: number): Float64Array {
	const days = Math.max(1, Math.floor(until / dayCells));
	const levels = new Float64Array(days);
	for (let day = 0; day < days; day++) {
		const end = until - day * dayCells;
		const start = Math.max(0, end - dayCells);
		const known = values.slice(start, end).filter((value) => !Number.isNaN(value));
		const sorted = (known.length >= dayCells / 2 ? known : filled.slice(start, end)).toSorted();
		levels[day] = sorted[sorted.length >> 1] ?? 0;
	}
	return levels;
}

/** The level at an age, on the line between the middles of two days, and straight on beyond the first and the last. */
function levelAt(levels: Float64Array, ageDays: number): number {
	if (levels.length === 1) return levels[0] ?? 0;
	const at = Math.max(0, Math.min(levels.length - 2, Math.floor(ageDays - 0.5)));
	const [newer, older] = [levels[at] ?? 0, levels[at + 1] ?? 0];
	return newer + (older - newer) * (ageDays - 0.5 - at);
}

function weightedMedian(values: Float64Array, weights: Float64Array, count: number): number {
	// Insertion sort: there are few days.
	for (let i = 1; i < count; i++) {
		const [value, weight] = [values[i] ?? 0, weights[i] ?? 0];
		let at = i - 1;
		for (; at >= 0 && (values[at] ?? 0) > value; at--) {
			values[at + 1] = values[at] ?? 0;
			weights[at + 1] = weights[at] ?? 0;
		}
		values[at + 1] = value;
		weights[at + 1] = weight;
	}
	let total = 0;
	for (let i = 0; i < count; i++) total += weights[i] ?? 0;
	let passed = 0;
	for (let i = 0; i < count; i++) {
		passed += weights[i] ?? 0;
		if (passed >= total / 2) return values[i] ?? 0;
	}
	return values[count - 1] ?? 0;
}

/** Times of day that were never measured lie on the line between their neighbours. */
function closeGaps(cells: Float64Array): Float64Array {
	const n = cells.length;
	const known = cells.findIndex((value) => !Number.isNaN(value));
	if (known < 0) return cells.fill(0);
	let last = known;
	for (let step = 1; step <= n; step++) {
		const at = (known + step) % n;
		if (Number.isNaN(cells[at] ?? 0)) continue;
		const gap = step - (last - known);
		const [from, to] = [cells[last % n] ?? 0, cells[at] ?? 0];
		for (let k = 1; k < gap; k++) cells[(last + k) % n] = from + ((to - from) * k) / gap;
		last = known + step;
	}
	return cells;
}
