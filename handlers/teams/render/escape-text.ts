import { inertText } from "../../../src/domain/inert-text.ts";
import { replaceTimes } from "../../../src/domain/time-text.ts";

/** How a time token is written. */
export type ShowTime = (atMs: number) => string;

// Stands for a time token while its surroundings are escaped; inert text can't contain it.
const TIME = "\u0000";
const BOLD = /(?<![^\s\p{P}\p{S}\0])\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*(?![^\s\p{P}\p{S}\0])/gu;
const CODE = /`([^`\n]+)`/g;

/**
 * A text as literal content of a TextBlock or a fact, which read a subset of Markdown and drop what looks like HTML:
 * nothing in it becomes a link, an image, a list, a mention, an entity or a time of its own. Empty lines are dropped,
 * line ends become paragraphs. Time tokens become `showTime(atMs)`.
 */
export function escapeText(text: string, showTime: ShowTime): string {
	return withTimes(text, showTime, escapeLine);
}

/** As `escapeText`, for prose: `**bold**` stays bold, and `` `code` `` loses its marks, for cards have no code spans. */
export function escapeProse(text: string, showTime: ShowTime): string {
	return withTimes(text, showTime, (line) => {
		const parts: string[] = [];
		let end = 0;
		const plain = line.replaceAll(CODE, "$1");
		for (const match of plain.matchAll(BOLD)) {
			parts.push(escapeInline(plain.slice(end, match.index)), `**${escapeInline(match[1] ?? "")}**`);
			end = match.index + match[0].length;
		}
		parts.push(escapeInline(plain.slice(end)));
		return escapeStart(parts.join(""));
	});
}

/** A text where no markup is read: button titles, alternative texts, notifications. One line. */
export function plainText(text: string, showTime: ShowTime): string {
	return replaceTimes(inertText(text).replaceAll(/\s*\n\s*/g, " "), showTime).trim();
}

function withTimes(text: string, showTime: ShowTime, escapeEach: (line: string) => string): string {
	const times: number[] = [];
	const held = replaceTimes(inertText(text), (atMs) => {
		times.push(atMs);
		return TIME;
	});
	const lines = held.split("\n").map((line) => line.trimEnd());
	const escaped = lines.filter((line) => line !== "").map(escapeEach);
	let next = 0;
	return escaped.join("\n\n").replaceAll(TIME, () => showTime(times[next++] ?? 0));
}

function escapeLine(line: string): string {
	return escapeStart(escapeInline(line));
}

function escapeInline(text: string): string {
	return (
		text
			.replaceAll(/[\\*_`[\]~]/g, "\\$&")
			// As entities: a client that hands HTML on would drop `\<legacy>` with its backslash.
			.replaceAll(/&(?=#?\w+;)/g, "&amp;")
			.replaceAll(/<(?=[a-z/!?])/gi, "&lt;")
			// Two braces begin DATE() and TIME(), which are read before anything is escaped.
			.replaceAll(/\{(?=\{)/g, "{\\")
			.replaceAll(
				/:(?=\/\/)(?<=[a-z][a-z0-9+.-]{0,30}:)|:(?=\S)(?<=(?:mailto|tel|javascript|data|file):)/gi,
				"\\:",
			)
			.replaceAll(/(?<=\w)\.(?=[a-z]{2})/gi, "\\.")
			.replaceAll(/(?<=\w)@(?=\w)/g, "\\@")
	);
}

/** Keeps the beginning of a line from being read as a heading, a quotation, a list, a rule or code. */
function escapeStart(line: string): string {
	return line
		.replace(/^[ \t]+/, (blank) => "\u00a0".repeat(blank.length))
		.replace(/^(\u00a0*)([-+#>=|])/, "$1\\$2")
		.replace(/^(\u00a0*\d+)([.)])/, "$1\\$2");
}
