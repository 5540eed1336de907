/** The part of a question that is read; the rest is cut, and the answer says so. */
export const LONGEST_QUESTION = 2000;

/** What is left to read of a text from outside, and whether something was cut. */
export type NormalText = { readonly text: string; readonly cut: boolean };

/**
 * Makes outside text plain: at most 2,000 characters, compatibility forms folded, lower case, control characters as
 * spaces, invisible ones (zero width, direction marks, halves of pairs) gone, mentions of people gone.
 */
export function normaliseText(raw: string): NormalText {
	const cut = raw.length > LONGEST_QUESTION;
	const text = raw
		.slice(0, LONGEST_QUESTION)
		.normalize("NFKC")
		.slice(0, LONGEST_QUESTION)
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
