import { type Labels, labelsText } from "../../domain/time-series.ts";
import type { VisitInstant } from "../../ports/metrics-source.ts";
import { readValue } from "./read-result.ts";

const METRIC = '{"metric":{';
const VALUE = ',"value":[';
const PLAIN_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const PLAIN_METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const QUOTE = 34;
const COMMA = 44;
const BRACE_END = 125;

/**
 * Reads one element of an instant vector from its JSON text. What Prometheus writes (no spaces, labels in order, nothing
 * escaped) is read without making objects; everything else as JSON. One without a value, as a native histogram, is left
 * out. Throws SyntaxError for what is no JSON.
 */
export function readElement(text: string, visit: VisitInstant): void {
	if (!readPlain(text, visit)) readJson(text, visit);
}

/** False where the text is not of the plain form; nothing was visited then. */
function readPlain(text: string, visit: VisitInstant): boolean {
	if (!text.startsWith(METRIC) || text.includes("\\")) return false;
	let at = METRIC.length;
	let metric = "";
	let labels = "";
	let previous = "";
	while (text.charCodeAt(at) === QUOTE) {
		const nameEnd = text.indexOf('"', at + 1);
		if (nameEnd < 0 || !text.startsWith('":"', nameEnd)) return false;
		const valueEnd = text.indexOf('"', nameEnd + 3);
		if (valueEnd < 0) return false;
		const name = text.slice(at + 1, nameEnd);
		const value = text.slice(nameEnd + 3, valueEnd);
		if (name === "__name__") {
			if (metric !== "" || !PLAIN_METRIC.test(value)) return false;
			metric = value;
		} else {
			if (!(name > previous) || !PLAIN_NAME.test(name)) return false;
			labels += `${labels === "" ? "" : ", "}${name}="${value}"`;
			previous = name;
		}
		at = valueEnd + 1;
		if (text.charCodeAt(at) === COMMA) at += 1;
		else if (text.charCodeAt(at) !== BRACE_END) return false;
	}
	if (text.charCodeAt(at) !== BRACE_END || !text.startsWith(VALUE, at + 1)) return false;
	const timeEnd = text.indexOf(',"', at + 1 + VALUE.length);
	if (timeEnd < 0 || !text.endsWith('"]}') || text.indexOf('"', timeEnd + 2) !== text.length - 3)
		return false;
	visit(`${metric}{${labels}}`, readValue(text.slice(timeEnd + 2, -3)));
	return true;
}

function readJson(text: string, visit: VisitInstant): void {
	const { metric, value } = JSON.parse(text) as { readonly metric?: Labels; readonly value?: unknown };
	if (Array.isArray(value) && typeof value[1] === "string")
		visit(labelsText(metric ?? {}), readValue(value[1]));
}
