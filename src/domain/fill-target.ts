import { quoteLabelValue } from "./time-series.ts";

const PLACEHOLDER = "$target";
/** Characters that RE2 reads as more than themselves. */
const OF_PATTERNS = /[\\.+*?()|[\]{}^$]/g;

/**
 * A PromQL query with each `$target` replaced by a name, whatever the name contains: inside a string as a part of that
 * string (in `=~` and `!~` as text, not as a pattern), elsewhere as a string of its own. So a name can neither end the
 * string it stands in nor match more than itself. Pure.
 */
export function fillTarget(query: string, target: string): string {
	let filled = "";
	let index = 0;
	while (index < query.length) {
		const rest = query.slice(index);
		const piece = /^(?:#[^\n]*|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|`[^`]*`)/.exec(rest)?.[0];
		if (piece?.startsWith("#")) {
			// A comment is dropped: a name with a line end would go on after it.
		} else if (piece !== undefined) filled += literal(piece, target, /[=!]~\s*$/.test(filled));
		else if (rest.startsWith(PLACEHOLDER)) filled += quoteLabelValue(target);
		else filled += rest.charAt(0);
		index += piece?.length ?? (rest.startsWith(PLACEHOLDER) ? PLACEHOLDER.length : 1);
	}
	return filled;
}

/** A string of a query with the name in it; in the quotes it had, or where those can't hold the name in double ones. */
function literal(text: string, target: string, pattern: boolean): string {
	if (!text.includes(PLACEHOLDER)) return text;
	const value = pattern ? target.replaceAll(OF_PATTERNS, (character) => `\\${character}`) : target;
	const quote = text.charAt(0);
	const body = text.slice(1, -1);
	if (quote === "`") return quoteLabelValue(body.replaceAll(PLACEHOLDER, () => value));
	const escaped = quoteLabelValue(value).slice(1, -1).replaceAll("'", "\\'");
	// In double quotes an escaped single quote is an error, so only the quotes around tell which may stand there.
	const fitting = quote === "'" ? escaped.replaceAll('\\"', '"') : escaped.replaceAll("\\'", "'");
	return `${quote}${body.replaceAll(PLACEHOLDER, () => fitting)}${quote}`;
}
