/** Label names and values of one series; `__name__` holds the metric's name where it has one. */
export type Labels = Readonly<Record<string, string>>;

/** One measured value: `t` in Unix milliseconds, `v` any IEEE double (NaN and infinities occur). */
export type Sample = { readonly t: number; readonly v: number };

/** Samples of one label set, oldest first, no two with the same `t`. */
export type Series = { readonly labels: Labels; readonly samples: readonly Sample[] };

/** One element of an instant vector. */
export type InstantSample = { readonly labels: Labels; readonly t: number; readonly v: number };

/** A window for range queries: both ends inclusive, Unix milliseconds, `stepMs` > 0. */
export type Span = { readonly startMs: number; readonly endMs: number; readonly stepMs: number };

/**
 * A stable text for a label set: `up{a="1", b="2"}`, names sorted, values escaped as in PromQL, and names beyond
 * letters, digits and underscores quoted as Prometheus 3 does. Different label sets give different texts.
 */
export function labelsText(labels: Labels): string {
	const metric = labels.__name__ ?? "";
	const plain = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(metric) || metric === "";
	const parts = Object.keys(labels)
		.filter((name) => name !== "__name__")
		.toSorted()
		.map((name) => `${quoteLabelName(name)}=${quoteLabelValue(labels[name] ?? "")}`);
	return plain ? `${metric}{${parts.join(", ")}}` : `{${[quoteLabelValue(metric), ...parts].join(", ")}}`;
}

function quoteLabelName(name: string): string {
	return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : quoteLabelValue(name);
}

/** A PromQL string literal that matches exactly `value`, whatever it contains. */
export function quoteLabelValue(value: string): string {
	return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}

/** Whether two label sets are equal, the metric name aside (functions and aggregations drop it). */
export function sameLabels(a: Labels, b: Labels): boolean {
	const names = (labels: Labels) => Object.keys(labels).filter((name) => name !== "__name__");
	const mine = names(a);
	return mine.length === names(b).length && mine.every((name) => a[name] === b[name]);
}
