import type { Labels } from "../../../domain/time-series.ts";
import { labelKey } from "./label-sets.ts";
import { invalidQuery } from "./query-error.ts";

/** The instants of an evaluation: `count` of them, `stepMs` apart, from `startMs` on. An instant query has one. */
export type StepGrid = { readonly startMs: number; readonly stepMs: number; readonly count: number };

/** One series of a result: a value for each step where `present` is 1. */
export type StepSeries = {
	readonly labels: Labels;
	readonly values: Float64Array;
	readonly present: Uint8Array;
};

/** What an expression evaluates to over all steps. */
export type StepValue =
	| { readonly kind: "scalar"; readonly values: Float64Array }
	| { readonly kind: "vector"; readonly series: readonly StepSeries[] }
	| { readonly kind: "string" };

/** A series with no value at any step yet. */
export function emptySeries(labels: Labels, grid: StepGrid): StepSeries {
	return { labels, values: new Float64Array(grid.count), present: new Uint8Array(grid.count) };
}

/** `change` applied to every value that is there. */
export function mapped(
	series: StepSeries,
	labels: Labels,
	change: (value: number, step: number) => number,
): StepSeries {
	const values = new Float64Array(series.values.length);
	for (let step = 0; step < values.length; step += 1)
		if (series.present[step] === 1) values[step] = change(series.values[step] ?? 0, step);
	return { labels, values, present: series.present };
}

/** Without the series that have no value at any step. */
export function withoutEmpty(series: readonly StepSeries[]): readonly StepSeries[] {
	return series.filter((one) => one.present.includes(1));
}

/**
 * Joins series that have become one label set (their name was dropped). Throws `invalid` where two of them have a
 * value at the same step, as Prometheus does; with `strict` wherever two exist at all.
 */
export function mergeSameLabels(series: readonly StepSeries[], strict: boolean): readonly StepSeries[] {
	const merged = new Map<string, StepSeries>();
	for (const one of series) {
		const key = labelKey(one.labels);
		const other = merged.get(key);
		merged.set(key, other ? joined(other, one, strict) : one);
	}
	return merged.size === series.length ? series : [...merged.values()];
}

function joined(first: StepSeries, second: StepSeries, strict: boolean): StepSeries {
	const values = first.values.slice();
	const present = first.present.slice();
	for (let step = 0; step < values.length; step += 1) {
		if (second.present[step] !== 1) continue;
		if (strict || present[step] === 1)
			throw invalidQuery("two series have the same labels once the metric name is dropped");
		values[step] = second.values[step] ?? 0;
		present[step] = 1;
	}
	return { labels: first.labels, values, present };
}
