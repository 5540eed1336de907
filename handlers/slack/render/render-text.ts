import { SHARES } from "../limits.ts";
import { isPlainInMrkdwn, mrkdwn, type Piece, plainText, richElements } from "./render-pieces.ts";
import type { TimeFrame } from "./render-time.ts";
import type { KnownBlock } from "./slack-message.ts";
import { splitFences } from "./split-fences.ts";
import { splitText } from "./split-text.ts";

const MARKED = /\*\*([^*\n]+)\*\*|`([^`\n]+)`/g;
const LEAD = /^[^\n]{12,160}?[.?](?=\s)/;

/** How a text is shown. */
export type TextLook = TimeFrame & {
	/** Words before the text, such as the state of a message without a title. */
	readonly lead?: string;
	/** The first sentence stands out, where more follow. */
	readonly boldLead?: boolean;
	/** `**bold**` and `` `code` `` are looks; else they are what was written. */
	readonly marks?: boolean;
};

/**
 * The text of a message as blocks of at most `SHARES.textBlock` characters each, in order and complete. Code between
 * fences becomes preformatted text, also where it is cut.
 */
export function renderText(text: string, look: TextLook): KnownBlock[] {
	const blocks: KnownBlock[] = [];
	const later = { ...look, lead: "", boldLead: false };
	for (const stretch of splitFences(text)) {
		const draw = stretch.kind === "code" ? drawCode : drawProse;
		// A part may come first or later, and is drawn in another way then: it must fit in both.
		const fits = (part: string) =>
			[look, later].every((as) => JSON.stringify(draw(part, as)).length <= SHARES.textBlock);
		for (const part of splitText(stretch.text, SHARES.textBlock, fits))
			blocks.push(draw(part, blocks.length === 0 ? look : later));
	}
	if (blocks.length === 0 && look.lead) blocks.push(drawProse("", look));
	return blocks.map((block, index) => ({ ...block, block_id: `text${index === 0 ? "" : index + 1}` }));
}

function drawProse(text: string, look: TextLook): KnownBlock {
	const pieces = prosePieces(text, look);
	if (isPlainInMrkdwn(pieces)) return { type: "section", text: mrkdwn(pieces, look), expand: true };
	const elements = richElements(pieces, look);
	return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

function drawCode(text: string, look: TextLook): KnownBlock {
	const { text: literal } = plainText(text, look);
	return {
		type: "rich_text",
		elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: literal }] }],
	};
}

function prosePieces(text: string, look: TextLook): Piece[] {
	const first: Piece[] = look.lead
		? [{ text: look.lead, style: "bold" }, ...(text ? [{ text: " " }] : [])]
		: [];
	const sentence = look.boldLead && first.length === 0 ? (LEAD.exec(text)?.[0] ?? "") : "";
	const bold: Piece[] = sentence === "" ? [] : [{ text: sentence, style: "bold" }];
	return [...first, ...bold, ...markedPieces(text.slice(sentence.length), look)];
}

function markedPieces(text: string, { marks }: TextLook): Piece[] {
	if (!marks) return text === "" ? [] : [{ text }];
	const pieces: Piece[] = [];
	let end = 0;
	for (const { 0: whole, 1: bold, 2: code, index } of text.matchAll(MARKED)) {
		pieces.push({ text: text.slice(end, index) });
		pieces.push(bold === undefined ? { text: code ?? "", style: "code" } : { text: bold, style: "bold" });
		end = index + whole.length;
	}
	return [...pieces, { text: text.slice(end) }].filter((piece) => piece.text !== "");
}
