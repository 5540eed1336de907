import type { AggregateOperator, Aggregation } from "./ast.ts";
import { averageOf, countOf, type Fold, maximumOf, minimumOf, quantileOf, sumOf } from "./folds.ts";
import { labelKey, onlyLabels, withoutLabels, withoutName } from "./label-sets.ts";
import { emptySeries, type StepGrid, type StepSeries } from "./step-vector.ts";

/** Series that share the labels an aggregation keeps. */
export type SeriesGroup = { readonly labels: StepSeries["labels"]; readonly members: readonly StepSeries[] };

const FOLDS: Partial<Record<AggregateOperator, Fold>> = {
	sum: sumOf,
	avg: averageOf,
	min: minimumOf,
	max: maximumOf,
	count: countOf,
};

/** Groups series by `by` or `without`, in order of first appearance. */
export function groupSeries(
	input: readonly StepSeries[],
	{ without, grouping }: Pick<Aggregation, "without" | "grouping">,
): readonly SeriesGroup[] {
	const groups = new Map<string, { labels: StepSeries["labels"]; members: StepSeries[] }>();
	for (const series of input) {
		const labels = without
			? withoutLabels(withoutName(series.labels), grouping)
			: onlyLabels(series.labels, grouping);
		const key = labelKey(labels);
		const group = groups.get(key);
		if (group) group.members.push(series);
		else groups.set(key, { labels, members: [series] });
	}
	return [...groups.values()];
}

/** sum, avg, min, max, count and quantile (`parameter` is its q per step): one series per group. */
export function aggregate(
	operator: AggregateOperator,
	groups: readonly SeriesGroup[],
	parameter: Float64Array | undefined,
	grid: StepGrid,
): readonly StepSeries[] {
	return groups.map(({ labels, members }) => {
		const result = emptySeries(labels, grid);
		const scratch = new Float64Array(members.length);
		for (let step = 0; step < grid.count; step += 1) {
			let count = 0;
			for (const member of members) {
				if (member.present[step] !== 1) continue;
				scratch[count] = member.values[step] ?? 0;
				count += 1;
			}
			if (count === 0) continue;
			const fold = FOLDS[operator];
			result.values[step] = fold
				? fold(scratch, 0, count)
				: quantileOf(parameter?.[step] ?? Number.NaN, scratch, 0, count);
			result.present[step] = 1;
		}
		return result;
	});
}
