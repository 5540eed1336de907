import type { Matcher } from "../promql/compile-matcher.ts";
import { labelValue } from "../promql/label-sets.ts";
import type { MemorySeries } from "./memory-series.ts";

/** Finds series by their whole label set, and by matchers through the metric name. */
export type SeriesIndex = {
	readonly size: () => number;
	readonly find: (key: string) => MemorySeries | undefined;
	readonly add: (series: MemorySeries) => void;
	readonly remove: (series: MemorySeries) => void;
	readonly all: () => Iterable<MemorySeries>;
	readonly names: () => Iterable<string>;
	readonly select: (matchers: readonly Matcher[]) => readonly MemorySeries[];
};

export function createSeriesIndex(): SeriesIndex {
	const byKey = new Map<string, MemorySeries>();
	const byName = new Map<string, Set<MemorySeries>>();

	const add = (series: MemorySeries): void => {
		byKey.set(series.key, series);
		const name = labelValue(series.labels, "__name__");
		const named = byName.get(name);
		if (named) named.add(series);
		else byName.set(name, new Set([series]));
	};

	const remove = (series: MemorySeries): void => {
		byKey.delete(series.key);
		const name = labelValue(series.labels, "__name__");
		const named = byName.get(name);
		named?.delete(series);
		if (named?.size === 0) byName.delete(name);
	};

	const select = (matchers: readonly Matcher[]): readonly MemorySeries[] => {
		const onName = matchers.filter((matcher) => matcher.name === "__name__");
		const onLabels = matchers.filter((matcher) => matcher.name !== "__name__");
		const exact = onName.find((matcher) => matcher.operator === "=");
		const names = exact ? [exact.value] : [...byName.keys()];
		const found: MemorySeries[] = [];
		for (const name of names) {
			if (!onName.every((matcher) => matcher.matches(name))) continue;
			for (const series of byName.get(name) ?? [])
				if (onLabels.every((matcher) => matcher.matches(labelValue(series.labels, matcher.name))))
					found.push(series);
		}
		return found.toSorted((a, b) => (a.key < b.key ? -1 : 1));
	};

	return {
		size: () => byKey.size,
		find: (key) => byKey.get(key),
		add,
		remove,
		all: () => byKey.values(),
		names: () => byName.keys(),
		select,
	};
}
