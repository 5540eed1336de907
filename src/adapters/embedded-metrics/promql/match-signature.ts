import type { Labels } from "../../../domain/time-series.ts";
import type { VectorMatching } from "./ast.ts";
import { labelKey, onlyLabels, withoutLabels } from "./label-sets.ts";

/** The labels by which two vectors are matched; without `on`, the name never takes part. */
export function matchedLabels(labels: Labels, { on, labels: names }: VectorMatching): Labels {
	return on ? onlyLabels(labels, names) : withoutLabels(labels, ["__name__", ...names]);
}

/** A text that is equal for series that match. */
export function matchSignature(labels: Labels, matching: VectorMatching): string {
	return labelKey(matchedLabels(labels, matching));
}
