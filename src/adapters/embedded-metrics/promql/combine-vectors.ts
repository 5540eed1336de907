import { type Labels, labelsText } from "../../../domain/time-series.ts";
import type { BinaryOperation, VectorMatching } from "./ast.ts";
import { onlyLabels, withoutLabels, withoutName } from "./label-sets.ts";
import { matchedLabels, matchSignature } from "./match-signature.ts";
import { type NumberOperation, numberOperation } from "./operators.ts";
import { invalidQuery } from "./query-error.ts";
import { emptySeries, mergeSameLabels, type StepGrid, type StepSeries } from "./step-vector.ts";

/**
 * Arithmetic or comparison of two instant vectors, matched one to one. Throws `invalid` where several series of a
 * side match at one step; as in Prometheus 3 that holds even where a comparison would have dropped them.
 */
export function combineVectors(
	operation: BinaryOperation,
	left: readonly StepSeries[],
	right: readonly StepSeries[],
	grid: StepGrid,
): readonly StepSeries[] {
	const { matching, returnBool } = operation;
	const numbers = numberOperation(operation.operator);
	const ones = rightSides(left, right, matching);
	const matched = new Map<string, Uint8Array>();
	const results = left.flatMap((series) => {
		const signature = matchSignature(series.labels, matching);
		const partners = ones.get(signature);
		if (!partners) return [];
		const taken = matched.get(signature) ?? new Uint8Array(grid.count);
		matched.set(signature, taken);
		const keepsName = numbers.kind === "comparison" && !returnBool;
		const result = emptySeries(resultLabels(series.labels, matching, keepsName), grid);
		for (const partner of partners) combineInto(result, series, partner, numbers, returnBool, taken);
		return [result];
	});
	return mergeSameLabels(results, false);
}

function combineInto(
	result: StepSeries,
	left: StepSeries,
	right: StepSeries,
	operation: NumberOperation,
	returnBool: boolean,
	taken: Uint8Array,
): void {
	for (let step = 0; step < taken.length; step += 1) {
		if (left.present[step] !== 1 || right.present[step] !== 1) continue;
		if (taken[step] === 1)
			throw invalidQuery(
				"several series on the left match one on the right; many-to-one matching needs group_left, which needs PROMETHEUS_URL",
			);
		taken[step] = 1;
		const a = left.values[step] ?? 0;
		const b = right.values[step] ?? 0;
		const holds = operation.kind === "comparison" && operation.holds(a, b);
		if (operation.kind === "comparison" && !returnBool && !holds) continue;
		result.values[step] =
			operation.kind === "arithmetic" ? operation.apply(a, b) : returnBool ? Number(holds) : a;
		result.present[step] = 1;
	}
}

/** The right side by signature, checked to be unique at every step at which the left side has anything. */
function rightSides(
	left: readonly StepSeries[],
	right: readonly StepSeries[],
	matching: VectorMatching,
): ReadonlyMap<string, readonly StepSeries[]> {
	const sides = new Map<string, StepSeries[]>();
	for (const series of right) {
		const signature = matchSignature(series.labels, matching);
		const others = sides.get(signature);
		if (!others) sides.set(signature, [series]);
		else {
			for (const other of others) refuseOverlap(left, series, other, matching);
			others.push(series);
		}
	}
	return sides;
}

function refuseOverlap(
	left: readonly StepSeries[],
	one: StepSeries,
	other: StepSeries,
	matching: VectorMatching,
): void {
	const clash = one.present.some(
		(there, step) =>
			there === 1 && other.present[step] === 1 && left.some((series) => series.present[step] === 1),
	);
	if (!clash) return;
	const group = labelsText(matchedLabels(one.labels, matching));
	throw invalidQuery(
		`several series on the right match ${group}; make them one with on(), ignoring() or sum by`,
	);
}

function resultLabels(labels: Labels, matching: VectorMatching, keepsName: boolean): Labels {
	const base = keepsName ? labels : withoutName(labels);
	return matching.on ? onlyLabels(base, matching.labels) : withoutLabels(base, matching.labels);
}
