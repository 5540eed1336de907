import type { SeriesGroup } from "./aggregate.ts";
import { invalidQuery } from "./query-error.ts";
import { emptySeries, type StepGrid, type StepSeries, withoutEmpty } from "./step-vector.ts";

/** 2^63, beyond which Prometheus refuses a k. */
const INT64 = 2 ** 63;

/**
 * topk and bottomk, `k` per step: the k extreme series of each group at each step, under their own labels. For one
 * step they come group by group, the most extreme first; NaN counts as least extreme.
 */
export function extremes(
	operator: "topk" | "bottomk",
	groups: readonly SeriesGroup[],
	k: Float64Array,
	grid: StepGrid,
): readonly StepSeries[] {
	if (!k.some((value) => value >= 1 || Number.isNaN(value))) return [];
	if (k.some((value) => Number.isNaN(value) || Math.abs(value) >= INT64))
		throw invalidQuery(`the first argument of ${operator}() is not a count`);
	const direction = operator === "topk" ? -1 : 1;
	return withoutEmpty(groups.flatMap(({ members }) => extremesOfGroup(members, k, grid, direction)));
}

function extremesOfGroup(
	members: readonly StepSeries[],
	k: Float64Array,
	grid: StepGrid,
	direction: number,
): readonly StepSeries[] {
	const results = members.map((member) => emptySeries(member.labels, grid));
	let order: readonly number[] = [];
	for (let step = 0; step < grid.count; step += 1) {
		const value = (index: number): number => members[index]?.values[step] ?? 0;
		order = members.flatMap((member, index) => (member.present[step] === 1 ? [index] : []));
		order = order
			.toSorted((a, b) => compare(value(a), value(b), direction))
			.slice(0, Math.trunc(k[step] ?? 0));
		for (const index of order) {
			const result = results[index];
			if (!result) continue;
			result.values[step] = value(index);
			result.present[step] = 1;
		}
	}
	// With a single step the last order is the answer's order.
	return grid.count === 1 ? order.flatMap((index) => results[index] ?? []) : results;
}

function compare(a: number, b: number, direction: number): number {
	if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
	return a === b ? 0 : a < b ? -direction : direction;
}
