// Controls, format characters (bidi, zero-width, soft hyphen, tags), line and paragraph separators, and all else that
// fonts leave out. Tabs, line feeds and the two selectors between text and picture symbols stay.
const HIDDEN = /(?!\t|\n|\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The text with every character that hides itself or reorders others written out, such as `[U+202E]`, so that a name
 * reads as what it is. Line ends become line feeds, lone surrogates U+FFFD.
 */
export function inertText(text: string): string {
	return text
		.toWellFormed()
		.replaceAll("\r\n", "\n")
		.replaceAll(HIDDEN, (hidden) => `[U+${codePointText(hidden)}]`);
}

/** The same plain data, of bounded depth, with every string in it made inert. */
export function inertDeep<T>(value: T): T;
export function inertDeep(value: unknown): unknown {
	if (typeof value === "string") return inertText(value);
	if (Array.isArray(value)) return value.map((item) => inertDeep<unknown>(item));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inertDeep<unknown>(member)]));
}

function codePointText(character: string): string {
	return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}

/** The text within a number of characters, never cutting one in half; what is left out is counted at the end. */
export function cutText(text: string, maximum: number): string {
	if (text.length <= maximum) return text;
	const note = (left: number) => `… and ${left.toLocaleString("en-US")} more characters`;
	const room = Math.max(0, maximum - note(text.length).length);
	let end = room;
	const code = text.charCodeAt(end - 1);
	if (code >= 0xd800 && code <= 0xdbff) end -= 1;
	return `${text.slice(0, end).trimEnd()}${note(text.length - end)}`;
}

/** A title or label within its limit: cut with an ellipsis, for there is no room for a count. */
export function cutLine(text: string, maximum: number): string {
	const line = text.replaceAll(/\s*\n\s*/g, " ");
	if (line.length <= maximum) return line;
	const cut = line.slice(0, maximum - 1);
	return `${cut.toWellFormed() === cut ? cut : cut.slice(0, -1)}…`;
}
