/** The part of a question that is read; the rest is cut, and the answer says so. */
export const LONGEST_QUESTION = 2000;

const ESC = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
/** Sequences that colour or move in a terminal, and those that name a window or a link. */
const ESCAPES = new RegExp(
	String.raw`${ESC}\[[0-9;:?<=>]*[ -/]*[@-~]|${ESC}\][^${BELL}${ESC}]*(?:${BELL}|${ESC}\\)?`,
	"g",
);
const SCRIPTS = /<(script|style)\b[^<>]*>[^<]*<\/\1\s*>/gi;
const TAGS = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/gi;

/** What is left to read of a text from outside, and whether something was cut. */
export type NormalText = { readonly text: string; readonly cut: boolean };

/**
 * Makes outside text plain: at most 2,000 characters, compatibility forms folded, lower case, terminal sequences, markup and control characters as
 * spaces, invisible ones (zero width, direction marks, halves of pairs) gone, mentions of people gone.
 */
export function normaliseText(raw: string): NormalText {
	const cut = raw.length > LONGEST_QUESTION;
	const text = raw
		.slice(0, LONGEST_QUESTION)
		.normalize("NFKC")
		.slice(0, LONGEST_QUESTION)
		.replaceAll(ESCAPES, " ")
		.replaceAll(SCRIPTS, " ")
		.replaceAll(TAGS, " ")
		.replaceAll(/[\p{Cc}\p{Z}]/gu, " ")
		.replaceAll(/\p{C}/gu, "")
		.replaceAll(/[\u2018\u2019\u02bc\u0060\u00b4]/g, "'")
		.replaceAll(/<@[\w:.-]{1,80}>/g, " ")
		.replaceAll(/ {2,}/g, " ")
		.toLowerCase()
		.trim();
	return { text: text.replace(/^\/ops\b/, "").trim(), cut };
}

/** A piece of what somebody wrote, safe to repeat in a sentence: one line, at most 40 characters. */
export function quoteBack(said: string): string {
	const plain = normaliseText(said).text.replaceAll(/[<>&*_~`|"]/g, "");
	const short = plain.length > 40 ? `${Array.from(plain).slice(0, 39).join("")}…` : plain;
	return `"${short}"`;
}
