import { bitsOf, isStale } from "../stale-marker.ts";
import type { MatrixSelector } from "./ast.ts";
import { type Evaluation, selectSeries } from "./evaluate-selector.ts";
import { withoutName } from "./label-sets.ts";
import type { ReadableSeries, SampleBlock } from "./sample-reader.ts";
import { emptySeries, mergeSameLabels, type StepSeries, withoutEmpty } from "./step-vector.ts";
import type { Window } from "./window.ts";
import type { WindowFunctionEntry } from "./window-functions.ts";

/**
 * A function over a range selector at every step. Windows are open on the left: (t - range, t]. `argument` is the
 * function's scalar per step, where it has one.
 */
export function evaluateWindowFunction(
	entry: WindowFunctionEntry,
	matrix: MatrixSelector,
	argument: Float64Array | undefined,
	evaluation: Evaluation,
): readonly StepSeries[] {
	const stored = selectSeries(matrix.selector, evaluation);
	evaluation.budget.reserve(stored.length, evaluation.grid.count);
	const results = stored.map((series) => overWindows(entry, matrix, argument, series, evaluation));
	return mergeSameLabels(withoutEmpty(results), true);
}

function overWindows(
	{ apply, cost, keepsName }: WindowFunctionEntry,
	{ selector, rangeMs }: MatrixSelector,
	argument: Float64Array | undefined,
	series: ReadableSeries,
	{ grid, budget }: Evaluation,
): StepSeries {
	const firstMs = grid.startMs - selector.offsetMs;
	const untilMs = firstMs + (grid.count - 1) * grid.stepMs;
	const { times, values } = withoutStale(series.read(firstMs - rangeMs, untilMs));
	budget.spend(times.length);
	const result = emptySeries(keepsName ? series.labels : withoutName(series.labels), grid);
	const window: Window = { times, values, from: 0, to: 0, startMs: 0, endMs: 0, atMs: 0 };
	for (let step = 0; step < grid.count; step += 1) {
		window.atMs = grid.startMs + step * grid.stepMs;
		window.endMs = window.atMs - selector.offsetMs;
		window.startMs = window.endMs - rangeMs;
		while (window.to < times.length && (times[window.to] ?? 0) <= window.endMs) window.to += 1;
		while (window.from < window.to && (times[window.from] ?? 0) <= window.startMs) window.from += 1;
		budget.spend((window.to - window.from) * cost + 1);
		if (window.from === window.to) continue;
		const value = apply(window, argument?.[step] ?? 0);
		if (value === undefined) continue;
		result.values[step] = value;
		result.present[step] = 1;
	}
	return result;
}

function withoutStale(block: SampleBlock): SampleBlock {
	const bits = bitsOf(block.values);
	let kept = 0;
	const times = new Float64Array(block.times.length);
	const values = new Float64Array(block.times.length);
	for (let index = 0; index < block.times.length; index += 1) {
		if (isStale(bits, index)) continue;
		times[kept] = block.times[index] ?? 0;
		values[kept] = block.values[index] ?? 0;
		kept += 1;
	}
	return { times: times.subarray(0, kept), values: values.subarray(0, kept) };
}
