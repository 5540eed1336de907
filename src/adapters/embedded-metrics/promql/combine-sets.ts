import type { BinaryOperation, VectorMatching } from "./ast.ts";
import { matchSignature } from "./match-signature.ts";
import { mergeSameLabels, type StepGrid, type StepSeries } from "./step-vector.ts";

/** `and`, `or` and `unless` of two instant vectors, step by step; values and names stay as they are. */
export function combineSets(
	{ operator, matching }: BinaryOperation,
	left: readonly StepSeries[],
	right: readonly StepSeries[],
	grid: StepGrid,
): readonly StepSeries[] {
	if (operator === "or") {
		const added = masked(right, presence(left, matching, grid), matching, false);
		return mergeSameLabels([...left, ...added], false);
	}
	return masked(left, presence(right, matching, grid), matching, operator === "and");
}

/** Per signature the steps at which some series of it has a value. */
function presence(
	vector: readonly StepSeries[],
	matching: VectorMatching,
	grid: StepGrid,
): ReadonlyMap<string, Uint8Array> {
	const steps = new Map<string, Uint8Array>();
	for (const series of vector) {
		const signature = matchSignature(series.labels, matching);
		const present = steps.get(signature) ?? new Uint8Array(grid.count);
		for (let step = 0; step < grid.count; step += 1)
			present[step] = (present[step] ?? 0) | (series.present[step] ?? 0);
		steps.set(signature, present);
	}
	return steps;
}

/** The vector at those steps only where its signature is in `steps` (or is not, by `wanted`). */
function masked(
	vector: readonly StepSeries[],
	steps: ReadonlyMap<string, Uint8Array>,
	matching: VectorMatching,
	wanted: boolean,
): readonly StepSeries[] {
	return vector.map((series) => {
		const there = steps.get(matchSignature(series.labels, matching));
		const present = series.present.map((own, step) =>
			own === 1 && (there?.[step] === 1) === wanted ? 1 : 0,
		);
		return { labels: series.labels, values: series.values, present };
	});
}
