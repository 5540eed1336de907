import type { Unit } from "../domain/quantity.ts";
import { withoutLiterals } from "./without-literals.ts";

/** Functions whose values are in the unit of what they are given. */
const SAME = new Set(
	"sum avg min max topk bottomk quantile abs ceil floor round sort sort_desc sum_over_time avg_over_time min_over_time max_over_time last_over_time quantile_over_time delta idelta increase".split(
		" ",
	),
);
const PER_SECOND = new Set(["rate", "irate", "deriv"]);
const QUANTILE = "histogram_quantile";
/** An instant, not a span. */
const INSTANT = /(?:timestamp|start_time|boot_time|created)_seconds$/;
const LONGEST_WORD = 60;

/**
 * What the one metric of a query is called in words, and the unit of the query's values where the metric's name says
 * it for sure: by the suffixes of Prometheus and functions that keep the unit. A ratio (0 to 1) has none. Pure.
 */
export function readMetricName(query: string): { readonly word?: string; readonly unit?: Unit } {
	const bare = withoutLiterals(query.replaceAll("`", " "));
	const found = [...bare.matchAll(/(?<![\w:.])([a-z_:][\w:]*)\s*(\(?)/gi)];
	const functions = found.filter(([, , open]) => open === "(").map(([, name = ""]) => name.toLowerCase());
	const names = [...new Set(found.filter(([, , open]) => open !== "(").map(([, name = ""]) => name))];
	const [name] = names;
	const isRead = (one: string) => SAME.has(one) || PER_SECOND.has(one) || one === QUANTILE;
	if (name === undefined || names.length > 1 || !functions.every(isRead)) return {};
	const word = wordOf(name);
	const unit = /[-+*/%^<>=!]/.test(bare) ? undefined : unitOf(name, functions);
	return { ...(word === "" || word.length > LONGEST_WORD ? {} : { word }), ...(unit ? { unit } : {}) };
}

function unitOf(name: string, functions: readonly string[]): Unit | undefined {
	const isQuantile = functions.includes(QUANTILE);
	const base = isQuantile ? name.replace(/_bucket$/, "") : name.replace(/_total$/, "");
	const isRate = !isQuantile && functions.some((one) => PER_SECOND.has(one));
	if (base.endsWith("_bytes")) return isRate ? "bytes_per_second" : "bytes";
	if (isRate) return undefined;
	if (base.endsWith("_seconds") && !INSTANT.test(base)) return "seconds";
	return base.endsWith("_percent") ? "percent" : undefined;
}

/** `process_resident_memory_bytes` is process resident memory; of a recorded `level:metric:operations` the middle counts. */
function wordOf(name: string): string {
	const parts = name.split(":");
	return (parts.length > 2 ? (parts[1] ?? "") : name)
		.toLowerCase()
		.replace(/_(?:total|bucket)$/, "")
		.replace(/_(?:bytes|seconds|ratio|percent)$/, "")
		.replaceAll(/[_:]+/g, " ")
		.trim();
}
