/** Font weights that charts use: axis text, labels, labels that matter. */
export type TextWeight = 400 | 500 | 600;

// Advance widths of Inter Medium with tabular figures, thousandths of an em, for U+0020 to U+007E (read off Inter 4.1).
const ASCII_WIDTHS =
	"269,304,494,639,646,993,653,313,391,391,648,648,269,648,269,370,648,648,648,648,648,648,648,648,648,648,269,269,648,648,648,527,982,709,657,733,722,603,589,748,745,272,575,688,565,913,756,767,642,769,648,646,653,740,709,1003,701,696,641,391,370,391,477,463,337,568,618,577,618,587,379,620,602,252,252,559,252,888,602,604,618,618,387,539,340,602,575,829,557,575,559,391,346,391,648"
		.split(",")
		.map(Number);
const OTHER_WIDTHS: Readonly<Record<string, number>> = {
	"\u00a0": 269,
	"–": 500,
	"…": 910,
	"·": 303,
	"→": 1000,
	"’": 277,
};
/** Latin letters with accents are about as wide as without; wide scripts and pictures take a whole em. */
const LATIN_WIDTH = 650;
const WIDE_WIDTH = 1000;
const WEIGHT_FACTOR: Readonly<Record<TextWeight, number>> = { 400: 0.99, 500: 1, 600: 1.015 };
/** Room for system fonts that run a little wider than Inter. */
const FALLBACK_FONT_FACTOR = 1.03;

/** Estimated width of one line of text in CSS pixels; at most a few percent under the real one. */
export function textWidthPx(text: string, weight: TextWeight, sizePx = 12): number {
	let thousandths = 0;
	for (const character of text) thousandths += widthOf(character);
	return (thousandths / 1000) * sizePx * WEIGHT_FACTOR[weight] * FALLBACK_FONT_FACTOR;
}

function widthOf(character: string): number {
	const code = character.codePointAt(0) ?? 0;
	const ascii = ASCII_WIDTHS[code - 32];
	if (code >= 32 && ascii !== undefined) return ascii;
	return OTHER_WIDTHS[character] ?? (code < 0x1100 ? LATIN_WIDTH : WIDE_WIDTH);
}
