const BREAKS = [/\n[^\S\n]*\n/g, /\n/g, /[.?!]\s/g, /\s/g];
const TOKEN = /\{\{time:\d{1,15}\}\}/g;

/**
 * Cuts text into parts for which `fits` holds: at an empty line where one is near, else at a line's end, a sentence's,
 * a word's; never inside a character or a time token. Complete but for empty lines and spaces at the cuts. `fits` must
 * hold for every start of a text for which it holds, and for any single character or token; it never holds for more
 * than `mostCharacters`.
 */
export function splitText(
	text: string,
	mostCharacters: number,
	fits: (part: string) => boolean,
): readonly string[] {
	const parts: string[] = [];
	let rest = withoutEmptyLines(text);
	while (rest !== "") {
		const start = rest.slice(0, mostCharacters);
		const isAll = start.length === rest.length && fits(rest);
		const end = isAll ? rest.length : breakBefore(rest, longestStart(start, fits));
		parts.push(rest.slice(0, end).trimEnd());
		rest = withoutEmptyLines(rest.slice(end));
	}
	return parts.filter((part) => part !== "");
}

function longestStart(text: string, fits: (part: string) => boolean): number {
	let low = 1;
	let high = text.length;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (fits(text.slice(0, middle))) low = middle;
		else high = middle;
	}
	return low;
}

function breakBefore(text: string, maximum: number): number {
	const start = text.slice(0, maximum);
	for (const place of BREAKS) {
		const last = [...start.matchAll(place)].at(-1);
		const end = last ? last.index + last[0].length : 0;
		if (end > maximum / 2) return end;
	}
	return wholeUnits(text, maximum);
}

/** Moves a cut out of a time token or a pair of surrogates that it would tear. */
function wholeUnits(text: string, end: number): number {
	for (const token of text.slice(0, end + 24).matchAll(TOKEN))
		if (token.index < end && token.index + token[0].length > end)
			return token.index > 0 ? token.index : token[0].length;
	const code = text.charCodeAt(end - 1);
	if (code < 0xd800 || code > 0xdbff) return end;
	return end > 1 ? end - 1 : 2;
}

/** Without empty lines at the start and white space at the end; the first line keeps its indentation. */
function withoutEmptyLines(text: string): string {
	return text.trimEnd().replace(/^(?:[^\S\n]*\n)+/, "");
}
