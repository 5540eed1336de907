/** A piece of message text. Only bold and code exist; everything else is shown as it was written. */
export type TextPiece = {
	readonly kind: "plain" | "bold" | "code";
	readonly text: string;
	/** Where it begins in the text. */
	readonly at: number;
};

const MARKED = /\*\*([^*\n]+)\*\*|`([^`\n]+)`/g;

/** Splits text at `**bold**` and `` `code` ``. An unclosed mark is plain text. Pieces joined give the text without marks. */
export function splitRichText(text: string): readonly TextPiece[] {
	const pieces: TextPiece[] = [];
	let end = 0;
	for (const match of text.matchAll(MARKED)) {
		if (match.index > end) pieces.push({ kind: "plain", text: text.slice(end, match.index), at: end });
		const [whole, bold, code] = match;
		const kind = bold === undefined ? "code" : "bold";
		pieces.push({ kind, text: bold ?? code ?? "", at: match.index });
		end = match.index + whole.length;
	}
	if (end < text.length) pieces.push({ kind: "plain", text: text.slice(end), at: end });
	return pieces;
}

/** Paragraphs, which empty lines separate, each with where it begins. */
export function splitParagraphs(text: string): readonly { readonly text: string; readonly at: number }[] {
	return [...text.matchAll(/(?:[^\n]|\n(?!\s*\n))+/g)]
		.map((match) => ({ text: match[0].trim(), at: match.index }))
		.filter((paragraph) => paragraph.text !== "");
}

/** A range, an instance's id or a region: what dashes and hyphens would let a line end in. */
const WHOLE = /\d[\d.,:]*–[\d.,:]*\d(?:\u00a0\S+)?|\bi-[0-9a-f]{4,17}\b|\b[a-z]{2}(?:-[a-z]+)+-\d\b/g;

/** Splits text so that 190–260 MB, i-0c41a2 and eu-west-1 can be kept on one line. Pieces joined give the text. */
export function splitWhole(
	text: string,
): readonly { readonly text: string; readonly at: number; readonly isWhole: boolean }[] {
	const pieces: { text: string; at: number; isWhole: boolean }[] = [];
	let end = 0;
	for (const match of text.matchAll(WHOLE)) {
		pieces.push({ text: text.slice(end, match.index), at: end, isWhole: false });
		pieces.push({ text: match[0], at: match.index, isWhole: true });
		end = match.index + match[0].length;
	}
	return [...pieces, { text: text.slice(end), at: end, isWhole: false }].filter((piece) => piece.text !== "");
}
