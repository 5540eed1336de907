import { bitsOf, isStale } from "../stale-marker.ts";
import type { VectorSelector } from "./ast.ts";
import type { Budget } from "./budget.ts";
import { compileMatcher } from "./compile-matcher.ts";
import { LOOKBACK_MS } from "./limits.ts";
import type { ReadableSeries, SampleReader } from "./sample-reader.ts";
import { emptySeries, type StepGrid, type StepSeries, withoutEmpty } from "./step-vector.ts";

/** What an evaluation runs on. */
export type Evaluation = {
	readonly reader: SampleReader;
	readonly grid: StepGrid;
	readonly budget: Budget;
};

/** The series a selector matches. */
export function selectSeries(
	{ matchers }: VectorSelector,
	{ reader, budget }: Evaluation,
): readonly ReadableSeries[] {
	return reader.select(matchers.map((matcher) => compileMatcher(matcher, undefined, budget.spend)));
}

/**
 * An instant selector at every step: the newest sample of the last five minutes (t - 5 min, t], none where that is a
 * staleness marker.
 */
export function evaluateSelector(selector: VectorSelector, evaluation: Evaluation): readonly StepSeries[] {
	const { grid, budget } = evaluation;
	const stored = selectSeries(selector, evaluation);
	budget.reserve(stored.length, grid.count);
	return withoutEmpty(stored.map((series) => newestPerStep(series, selector.offsetMs, evaluation)));
}

function newestPerStep(series: ReadableSeries, offsetMs: number, { grid, budget }: Evaluation): StepSeries {
	const firstMs = grid.startMs - offsetMs;
	const { times, values } = series.read(firstMs - LOOKBACK_MS, firstMs + (grid.count - 1) * grid.stepMs);
	budget.spend(times.length + grid.count);
	const bits = bitsOf(values);
	const result = emptySeries(series.labels, grid);
	let next = 0;
	for (let step = 0; step < grid.count; step += 1) {
		const atMs = firstMs + step * grid.stepMs;
		while (next < times.length && (times[next] ?? 0) <= atMs) next += 1;
		const newest = next - 1;
		if (newest < 0 || (times[newest] ?? 0) <= atMs - LOOKBACK_MS || isStale(bits, newest)) continue;
		result.values[step] = values[newest] ?? 0;
		result.present[step] = 1;
	}
	return result;
}
