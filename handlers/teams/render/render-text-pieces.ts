import { inertText } from "../../../src/domain/inert-text.ts";
import { LIMITS, utf16Bytes } from "../limits.ts";
import type { CardTexts } from "./render-texts.ts";

/**
 * A text as escaped pieces that each fit into a card, cut between lines or words where there are any. What is beyond
 * the last piece is counted, never dropped silently. An empty text has no pieces. Pure.
 */
export function splitText(text: string, texts: CardTexts): readonly string[] {
	const pieces: string[] = [];
	let rest = inertText(text).trim();
	while (rest !== "" && pieces.length < LIMITS.pieces) {
		const length = fittingLength(rest, texts);
		pieces.push(texts.prose(rest.slice(0, length)));
		rest = rest.slice(length).trim();
	}
	const last = pieces.pop();
	if (last === undefined) return [];
	const note = `… and ${rest.length.toLocaleString("en-US")} more characters`;
	return [...pieces, rest === "" ? last : `${last} ${note}`].filter((piece) => piece !== "");
}

/** How many characters from the start fit into one piece: all, or up to the last good place to cut. */
function fittingLength(text: string, texts: CardTexts): number {
	const fits = (length: number) => utf16Bytes(texts.prose(text.slice(0, length))) <= LIMITS.textBytes;
	if (text.length * 2 <= LIMITS.textBytes && fits(text.length)) return text.length;
	let most = Math.min(text.length, LIMITS.textBytes / 2);
	while (!fits(most)) most = Math.floor(most * 0.8);
	const place = goodPlace(text, most);
	return keepsPair(text, place) ? place : place - 1;
}

function goodPlace(text: string, most: number): number {
	if (most >= text.length) return text.length;
	const half = Math.floor(most / 2);
	for (const mark of ["\n\n", "\n", " "]) {
		const at = text.lastIndexOf(mark, most);
		if (at > half) return at;
	}
	return most;
}

function keepsPair(text: string, at: number): boolean {
	const before = text.charCodeAt(at - 1);
	return at >= text.length || before < 0xd800 || before > 0xdbff;
}
