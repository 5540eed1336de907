import type { Labels } from "../../../domain/time-series.ts";

/** The labels that describe the metric itself; what changes a value's meaning drops them (Prometheus 3). */
const METRIC_LABELS: ReadonlySet<string> = new Set(["__name__", "__type__", "__unit__"]);

/** The value of a label, "" where it is absent. Safe for names such as `constructor`. */
export function labelValue(labels: Labels, name: string): string {
	const value: unknown = labels[name];
	return typeof value === "string" ? value : "";
}

/** The label set without the name of its metric. */
export function withoutName(labels: Labels): Labels {
	return filtered(labels, (name) => !METRIC_LABELS.has(name));
}

/** Only the given labels, where the set has them. */
export function onlyLabels(labels: Labels, names: readonly string[]): Labels {
	return filtered(labels, (name) => names.includes(name));
}

/** The label set without the given labels. */
export function withoutLabels(labels: Labels, names: readonly string[]): Labels {
	return filtered(labels, (name) => !names.includes(name));
}

function filtered(labels: Labels, keep: (name: string) => boolean): Labels {
	return Object.fromEntries(Object.entries(labels).filter(([name]) => keep(name)));
}

/** A text that two label sets share exactly when they are equal, whatever order their labels have. */
export function labelKey(labels: Labels): string {
	return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
