import { cutLine, cutText, inertText } from "../../../src/domain/inert-text.ts";
import { clockText } from "../../../src/domain/time-text.ts";
import type { Scale } from "../limits.ts";
import { escapeProse, escapeText, plainText } from "./escape-text.ts";

/** How texts are written into one card. Maxima are characters before escaping; `scale` shrinks them. */
export type CardTexts = {
	/** One literal line of a TextBlock, cut with an ellipsis. */
	line(text: string, maximum: number): string;
	/** One literal line of a fact, whose times clients do not format. */
	fact(text: string, maximum: number): string;
	/** Literal text of several lines; what is left out is counted. */
	block(text: string, maximum: number): string;
	/** Prose, in which `**bold**` stays, uncut. */
	prose(text: string): string;
	/** Where no markup is read: titles of buttons, alternative texts. */
	plain(text: string, maximum: number): string;
	/** Whether a text of this length is shown whole. */
	fits(text: string, maximum: number): boolean;
};

/** Texts as they are written at `nowMs`, with times in `timeZone` where the reader's own zone can't be had. Pure. */
export function cardTexts(nowMs: number, timeZone: string, scale: Scale): CardTexts {
	const inZone = (atMs: number) => clockText(atMs, nowMs, timeZone);
	const byReader = (atMs: number) => readersTime(atMs, nowMs, timeZone);
	const room = (maximum: number) => Math.max(20, Math.floor(maximum * scale));
	const oneLine = (text: string, maximum: number) =>
		wholeTokens(cutLine(inertText(headOf(text, maximum)), room(maximum)));
	return {
		line: (text, maximum) => escapeText(oneLine(text, maximum), byReader),
		fact: (text, maximum) => escapeText(oneLine(text, maximum), inZone),
		block: (text, maximum) => escapeText(wholeTokens(cutText(inertText(text), room(maximum))), byReader),
		prose: (text) => escapeProse(text, byReader),
		plain: (text, maximum) => cutLine(plainText(headOf(text, maximum), inZone), room(maximum)),
		fits: (text, maximum) => inertText(text).length <= room(maximum),
	};
}

/** Enough of a text to be cut to a length: what is beyond would only be looked through. */
function headOf(text: string, maximum: number): string {
	return text.slice(0, maximum * 4);
}

/** A cut text without the half of a time token that the cut may have left. */
function wholeTokens(text: string): string {
	return text.replace(/\{\{(?:t|ti|tim|time|time:\d*)?\}?(?=…)/, "");
}

// Years beyond it have another form, which clients would show as it stands.
const END_OF_9999_MS = 253_402_300_799_000;

/** A time that the client writes in its reader's zone; with its date where it is not today in `timeZone`. */
function readersTime(atMs: number, nowMs: number, timeZone: string): string {
	if (atMs > END_OF_9999_MS) return clockText(atMs, nowMs, timeZone);
	const instant = `${new Date(atMs).toISOString().slice(0, 19)}Z`;
	const day = new Intl.DateTimeFormat("en-CA", { timeZone });
	const time = `{{TIME(${instant})}}`;
	return day.format(atMs) === day.format(nowMs) ? time : `{{DATE(${instant}, SHORT)}} ${time}`;
}
