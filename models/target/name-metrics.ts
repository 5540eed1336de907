import { cutLine, inertText } from "../../src/domain/inert-text.ts";
import { parseLabelsText } from "../../src/domain/parse-labels-text.ts";
import type { Labels } from "../../src/domain/time-series.ts";

const LONGEST = 60;
const LONGEST_VALUE = 40;
/** What usually says which metric a series is, the first one that is there. */
const NAMING = ["metric", "__name__"] as const;

/**
 * What people call the series of one target: by the label `metric`, else by the metric's name, with the labels that
 * tell those of the same name apart: `requests`, `http_requests_total (code 500)`. Labels that are the same for all,
 * as the target's own is, say nothing. At most 60 characters each. Pure.
 * @param series texts of labels, each once
 */
export function nameMetrics(series: readonly string[]): readonly string[] {
	const all = series.map((text) => parseLabelsText(text) ?? {});
	const keys = [...new Set(all.flatMap((labels) => Object.keys(labels)))].filter(
		(key) => !NAMING.some((name) => name === key),
	);
	const telling = keys.filter((key) => new Set(all.map((labels) => labels[key] ?? "")).size > 1).toSorted();
	return all.map((labels, i) => {
		const base = NAMING.map((key) => labels[key]).find((name) => name !== undefined && name !== "");
		const rest = partsOf(labels, telling);
		if (base === undefined) return plain(rest === "" ? (series[i] ?? "") : rest, LONGEST);
		const alone = all.filter((other) => NAMING.every((key) => other[key] === labels[key])).length === 1;
		const name = plain(base, LONGEST);
		return alone || rest === "" ? name : plain(`${name} (${rest})`, LONGEST);
	});
}

function partsOf(labels: Labels, keys: readonly string[]): string {
	return keys
		.filter((key) => labels[key] !== undefined && labels[key] !== "")
		.map((key) => `${key} ${plain(labels[key] ?? "", LONGEST_VALUE)}`)
		.join(", ");
}

/** Label values are text from outside: nothing in a name hides, breaks the line or is a token of times. */
function plain(text: string, longest: number): string {
	return cutLine(
		inertText(text)
			.replaceAll(/\s+/g, " ")
			.replaceAll(/\{(?=\{)/g, "{ ")
			.trim(),
		longest,
	);
}
