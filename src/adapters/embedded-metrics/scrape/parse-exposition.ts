import type { Labels } from "../../../domain/time-series.ts";
import type { MetricMetadata } from "../../../ports/metrics-source.ts";

/** One sample line: `series` is its text up to the value, which `parseSeries` takes apart. */
type ExpositionSample = { readonly series: string; readonly value: number };

/** A scrape body taken apart. */
export type Exposition = {
	readonly samples: readonly ExpositionSample[];
	readonly metadata: readonly MetricMetadata[];
};

/** The body is no exposition text; `reason` names the line and what is wrong with it. */
export class ExpositionError extends Error {
	readonly reason: string;

	constructor(reason: string) {
		super(reason);
		this.name = "ExpositionError";
		this.reason = reason;
	}
}

const SAMPLE =
	/^([a-zA-Z_:][\w:]*(?:[ \t]*\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\})?)[ \t]*(?<=[ \t}])(\S+)(?:[ \t]+-?\d+)?[ \t]*$/;
const COMMENT = /^#[ \t]+(HELP|TYPE)[ \t]+([a-zA-Z_:][\w:]*)(?:[ \t]+(.*))?$/;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const TYPES: readonly MetricMetadata["type"][] = ["counter", "gauge", "histogram", "summary"];

/**
 * Takes the Prometheus text format (0.0.4) apart. Timestamps of samples are ignored: a sample gets the time of its
 * scrape. Throws ExpositionError at the first line that is neither sample, comment nor blank. Pure.
 */
export function parseExposition(body: string): Exposition {
	const samples: ExpositionSample[] = [];
	const metadata = new Map<string, MetricMetadata>();
	const lines = body.split("\n");
	for (const [index, given] of lines.entries()) {
		const line = given.endsWith("\r") ? given.slice(0, -1) : given;
		if (line.startsWith("#")) noteComment(line, metadata);
		else if (line.trim() !== "") samples.push(parseSample(line.trimStart(), index + 1));
	}
	return { samples, metadata: [...metadata.values()] };
}

function parseSample(line: string, number: number): ExpositionSample {
	const match = SAMPLE.exec(line);
	const value = match && parseValue(match[2] ?? "");
	if (value === undefined || value === null)
		throw new ExpositionError(`line ${number} is no sample: ${JSON.stringify(line.slice(0, 80))}`);
	return { series: match?.[1] ?? "", value };
}

function parseValue(text: string): number | undefined {
	if (NUMBER.test(text)) return Number(text);
	const word = text.toLowerCase().replace(/^[-+]/, "");
	if (word === "nan") return Number.NaN;
	if (word !== "inf" && word !== "infinity") return undefined;
	return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function noteComment(line: string, metadata: Map<string, MetricMetadata>): void {
	const [, keyword, name = "", rest = ""] = COMMENT.exec(line) ?? [];
	if (!keyword) return;
	const known = metadata.get(name) ?? { name, help: "", type: "unknown" as const };
	const type = TYPES.find((one) => one === rest.trim()) ?? "unknown";
	const help = rest.replaceAll(/\\(\\|n)/g, (_, escaped: string) => (escaped === "n" ? "\n" : "\\"));
	metadata.set(name, keyword === "HELP" ? { ...known, help } : { ...known, type });
}

const LABEL = /[ \t]*([a-zA-Z_]\w*)[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*(,|$)/y;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\", '"': '"', n: "\n" };

/** Metric name and labels of a sample line's beginning; throws ExpositionError where the labels are malformed. */
export function parseSeries(series: string): Labels {
	const open = series.indexOf("{");
	if (open === -1) return { __name__: series };
	const entries: [string, string][] = [["__name__", series.slice(0, open).trimEnd()]];
	const inner = series.slice(open + 1, -1).trimEnd();
	LABEL.lastIndex = 0;
	while (LABEL.lastIndex < inner.length) {
		const match = LABEL.exec(inner);
		if (!match)
			throw new ExpositionError(`the labels of ${JSON.stringify(series.slice(0, 80))} are malformed`);
		const [, name = "", value = ""] = match;
		entries.push([name, value.replaceAll(/\\(.)/g, (whole, char: string) => ESCAPES[char] ?? whole)]);
	}
	return Object.fromEntries(entries);
}
