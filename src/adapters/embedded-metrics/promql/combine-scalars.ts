import type { BinaryOperation } from "./ast.ts";
import { withoutName } from "./label-sets.ts";
import { numberOperation } from "./operators.ts";
import { mapped, mergeSameLabels, type StepSeries } from "./step-vector.ts";

/** An operation of two scalars, step by step; a comparison gives 0 or 1. */
export function combineScalars(
	{ operator }: BinaryOperation,
	left: Float64Array,
	right: Float64Array,
): Float64Array {
	const operation = numberOperation(operator);
	return left.map((a, step) => {
		const b = right[step] ?? 0;
		return operation.kind === "arithmetic" ? operation.apply(a, b) : Number(operation.holds(a, b));
	});
}

/**
 * An operation of an instant vector and a scalar. A comparison without `bool` keeps the vector's own values where it
 * holds, and their name; everything else drops the name.
 */
export function combineWithScalar(
	{ operator, returnBool }: BinaryOperation,
	vector: readonly StepSeries[],
	scalar: Float64Array,
	scalarIsLeft: boolean,
): readonly StepSeries[] {
	const operation = numberOperation(operator);
	const sides = (value: number, step: number): readonly [number, number] => {
		const other = scalar[step] ?? 0;
		return scalarIsLeft ? [other, value] : [value, other];
	};
	if (operation.kind === "comparison" && !returnBool)
		return vector.map((series) => {
			const present = series.present.map((there, step) =>
				there === 1 && operation.holds(...sides(series.values[step] ?? 0, step)) ? 1 : 0,
			);
			return { labels: series.labels, values: series.values, present };
		});
	const changed = vector.map((series) =>
		mapped(series, withoutName(series.labels), (value, step) =>
			operation.kind === "arithmetic"
				? operation.apply(...sides(value, step))
				: Number(operation.holds(...sides(value, step))),
		),
	);
	return mergeSameLabels(changed, false);
}
