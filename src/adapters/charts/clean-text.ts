/**
 * Outside text made safe to show in one line: control and line characters become spaces, invisible and direction
 * characters go, stacked accents are cut to two, and the rest is clipped to `maxCharacters` (1 or more) with an ellipsis.
 */
export function cleanText(text: string, maxCharacters: number): string {
	const cleaned = text
		.slice(0, maxCharacters * 8)
		.toWellFormed()
		.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
		.replace(/[\p{Cf}\p{Cn}\p{Co}\p{Cs}]/gu, "")
		.replace(/(\p{M}{2})\p{M}+/gu, "$1")
		.replace(/ {2,}/g, " ")
		.trim();
	return clipText(cleaned, maxCharacters);
}

/** `text` itself when it has at most `maxCharacters` characters, else as many as fit with an ellipsis. */
export function clipText(text: string, maxCharacters: number): string {
	const characters = Array.from(text);
	if (characters.length <= maxCharacters) return text;
	return `${characters
		.slice(0, Math.max(0, maxCharacters - 1))
		.join("")
		.trimEnd()}…`;
}

/** A label with less in it, for narrow drawings: no "at" before a time, nothing after the last comma. */
export function shortenLabel(text: string): string {
	const withoutAt = text.replace(/ at (?=\d{1,2}:\d\d)/u, " ");
	const comma = withoutAt.lastIndexOf(", ");
	return comma > 0 ? withoutAt.slice(0, comma) : withoutAt;
}
