import type { types } from "@slack/bolt";
import { replaceTimes } from "../../../src/domain/time-text.ts";
import { escapeMrkdwn, hasFormatting } from "./escape-text.ts";
import { mrkdwnTime, plainTime, richTime, type TimeFrame } from "./render-time.ts";

/** A run of text with one look. Its time tokens become dates; `url` is an address of the console, never a foreign one. */
export type Piece = {
	readonly text: string;
	readonly style?: "bold" | "code";
	readonly url?: string;
};

const TOKEN = /(\{\{time:\d{1,15}\}\})/;

/** Plain text: nothing in it is read as formatting, and no pictures are made of `:names:`. */
export function plainText(text: string, frame: TimeFrame): types.PlainTextElement {
	return { type: "plain_text", text: replaceTimes(text, (atMs) => plainTime(atMs, frame)), emoji: false };
}

/**
 * A line of our own making as mrkdwn. Where a piece holds characters that mrkdwn would take for formatting, the whole
 * line is plain text instead: it loses its looks, never its characters.
 */
export function textObject(pieces: readonly Piece[], frame: TimeFrame): types.TextObject {
	if (isPlainInMrkdwn(pieces)) return mrkdwn(pieces, frame);
	return plainText(pieces.map((piece) => piece.text).join(""), frame);
}

/** Whether mrkdwn shows the pieces as they were written. */
export function isPlainInMrkdwn(pieces: readonly Piece[]): boolean {
	return !hasFormatting(replaceTimes(pieces.map((piece) => piece.text).join(""), () => "0"));
}

/** Pieces as mrkdwn. `verbatim` keeps Slack from making links and mentions of what stands in the text. */
export function mrkdwn(pieces: readonly Piece[], frame: TimeFrame): types.MrkdwnElement {
	return { type: "mrkdwn", text: pieces.map((piece) => marked(piece, frame)).join(""), verbatim: true };
}

/** Pieces as elements of a rich text section, where every character stands for itself. */
export function richElements(pieces: readonly Piece[], frame: TimeFrame): types.RichTextElement[] {
	return pieces.flatMap((piece) =>
		piece.text
			.split(TOKEN)
			.filter((part) => part !== "")
			.map((part) => richElement(part, piece, frame)),
	);
}

function richElement(part: string, piece: Piece, frame: TimeFrame): types.RichTextElement {
	const style = piece.style === undefined ? {} : { style: { [piece.style]: true } };
	if (TOKEN.test(part)) return { ...richTime(tokenMs(part), frame), ...style };
	if (piece.url !== undefined) return { type: "link", url: piece.url, text: part, ...style };
	return { type: "text", text: part, ...style };
}

function marked({ text, style, url }: Piece, frame: TimeFrame): string {
	const escaped = text
		.split(TOKEN)
		.map((part) => (TOKEN.test(part) ? mrkdwnTime(tokenMs(part), frame) : escapeMrkdwn(part)))
		.join("");
	if (escaped.trim() === "") return escaped;
	const linked = url === undefined ? escaped : `<${url}|${escaped}>`;
	if (style === undefined) return linked;
	const mark = style === "bold" ? "*" : "`";
	const [, before = "", middle = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(linked) ?? [];
	return `${before}${mark}${middle}${mark}${after}`;
}

function tokenMs(token: string): number {
	return Number(token.replaceAll(/\D/g, ""));
}
