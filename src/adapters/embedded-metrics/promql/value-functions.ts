import { goMax, goMin } from "./go-math.ts";
import { withoutName } from "./label-sets.ts";
import { mapped, mergeSameLabels, type StepSeries } from "./step-vector.ts";

/** A function of one value; `scalars` are its further arguments per step. */
type ValueFunction = (value: number, step: number, scalars: readonly Float64Array[]) => number;

const functions: ReadonlyMap<string, ValueFunction> = new Map<string, ValueFunction>([
	["abs", (value) => Math.abs(value)],
	["ceil", (value) => Math.ceil(value)],
	["floor", (value) => Math.floor(value)],
	["round", round],
	["clamp", (value, step, [least, most]) => goMax(least?.[step] ?? 0, goMin(most?.[step] ?? 0, value))],
]);

/** Whether `name` is a function that changes each value by itself. */
export function isValueFunction(name: string): boolean {
	return functions.has(name);
}

/** abs, ceil, floor, round or clamp on every value; the metric name is dropped. */
export function applyValueFunction(
	name: string,
	input: readonly StepSeries[],
	scalars: readonly Float64Array[],
): readonly StepSeries[] {
	const change = functions.get(name);
	if (!change) throw new Error(`no value function ${name}`);
	const kept = name === "clamp" ? input.map((series) => withoutEmptyInterval(series, scalars)) : input;
	const changed = kept.map((series) =>
		mapped(series, withoutName(series.labels), (value, step) => change(value, step, scalars)),
	);
	return mergeSameLabels(changed, false);
}

/** To the nearest multiple, ties upwards; the inverse is used because it loses less precision, as in Prometheus. */
function round(value: number, step: number, [nearest]: readonly Float64Array[]): number {
	const inverse = 1 / (nearest?.[step] ?? 1);
	return Math.floor(value * inverse + 0.5) / inverse;
}

/** clamp gives nothing where its upper bound lies below its lower one. */
function withoutEmptyInterval(series: StepSeries, [least, most]: readonly Float64Array[]): StepSeries {
	const present = series.present.map((there, step) =>
		(most?.[step] ?? 0) < (least?.[step] ?? 0) ? 0 : there,
	);
	return { labels: series.labels, values: series.values, present };
}
