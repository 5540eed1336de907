import { type Bucket, bucketQuantile } from "./bucket-quantile.ts";
import { labelKey, labelValue, withoutLabels, withoutName } from "./label-sets.ts";
import { emptySeries, mergeSameLabels, type StepGrid, type StepSeries } from "./step-vector.ts";

type BoundedSeries = { readonly upperBound: number; readonly series: StepSeries };

const BOUND = /^[-+]?(?:inf(?:inity)?|\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?)$/i;

/**
 * histogram_quantile over classic buckets, `q` per step. Buckets belong together when all labels but `le` agree, the
 * metric name included (Prometheus 3); series without a readable `le` are left out.
 */
export function histogramQuantile(
	q: Float64Array,
	input: readonly StepSeries[],
	grid: StepGrid,
): readonly StepSeries[] {
	const histograms = [...groupByHistogram(input).values()].map((members) => {
		members.sort((a, b) => a.upperBound - b.upperBound);
		return quantileSeries(q, members, grid);
	});
	return mergeSameLabels(histograms, false);
}

function groupByHistogram(input: readonly StepSeries[]): ReadonlyMap<string, BoundedSeries[]> {
	const groups = new Map<string, BoundedSeries[]>();
	for (const series of input) {
		const upperBound = parseBound(labelValue(series.labels, "le"));
		if (upperBound === undefined) continue;
		const key = labelKey(withoutLabels(series.labels, ["le"]));
		const members = groups.get(key);
		if (members) members.push({ upperBound, series });
		else groups.set(key, [{ upperBound, series }]);
	}
	return groups;
}

function parseBound(text: string): number | undefined {
	if (!BOUND.test(text)) return undefined;
	if (!/inf/i.test(text)) return Number(text);
	return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function quantileSeries(q: Float64Array, members: readonly BoundedSeries[], grid: StepGrid): StepSeries {
	const labels = withoutLabels(withoutName(members[0]?.series.labels ?? {}), ["le"]);
	const result = emptySeries(labels, grid);
	for (let step = 0; step < grid.count; step += 1) {
		const buckets: Bucket[] = [];
		for (const { upperBound, series } of members)
			if (series.present[step] === 1) buckets.push({ upperBound, count: series.values[step] ?? 0 });
		if (buckets.length === 0) continue;
		result.values[step] = bucketQuantile(q[step] ?? 0, buckets);
		result.present[step] = 1;
	}
	return result;
}
