import type { Labels } from "../../../domain/time-series.ts";
import { labelKey } from "../promql/label-sets.ts";
import { MAX_LABEL_CHARS, MAX_LABELS } from "./limits.ts";

/** A label set as the store keeps it, and the text that identifies it. */
export type NormalLabels = { readonly labels: Labels; readonly key: string };

/**
 * Names sorted, empty values left out (they mean "absent"), texts copied so that they do not hold on to the response
 * they were cut from. Undefined for more than 40 labels or a text of more than 1,024 characters.
 */
export function normalLabels(given: Labels): NormalLabels | undefined {
	const entries = Object.entries(given).filter(([, value]) => value !== "");
	if (entries.length > MAX_LABELS) return undefined;
	if (entries.some((entry) => entry.some((text) => text.length > MAX_LABEL_CHARS))) return undefined;
	const key = ownCopy(labelKey(Object.fromEntries(entries)));
	const labels: Labels = Object.fromEntries(JSON.parse(key) as readonly (readonly [string, string])[]);
	return { labels, key };
}

/** V8 keeps the whole parent of a cut text alive; encoding it once makes a text of its own. */
export function ownCopy(text: string): string {
	return Buffer.from(text, "utf16le").toString("utf16le");
}
