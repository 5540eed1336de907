import type { Mark } from "./mark-words.ts";
import type { Marks } from "./read-slots.ts";

/** Whether something is asked to be done. `about`: an action is spoken of, but nobody plainly asks for it. */
export type Request = "clear" | "about" | "none";

/** What may stand before the verb of a request. A question about the action ("should we", "did you") is not here. */
const LEADS: readonly (readonly string[])[] = [
	..."please|pls|plz|kindly|just|now|ok|okay|hey|hi|hello|yes|then|so|and|bot|quickly|immediately|go ahead".split(
		"|",
	),
	..."go|let us|can you|could you|will you|can u|i want you to|i need you to|i would like you to|i would like to".split(
		"|",
	),
	..."we need to|i need to|i want to|we want to|we would like to|you need to|need to|time to|would you please".split(
		"|",
	),
	..."turn|switch|power|thanks|first|next|right now|maybe just|finally|also".split("|"),
].map((lead) => lead.split(" "));

/** What may stand between the verb and its target. */
const BETWEEN = new Set(
	"the a an my our that this process service app application job server up off on for us".split(" "),
);
/** A word after the target that makes a condition, a plan for later or a choice of it. */
const UNSETTLED = new Set(
	"if when unless until once whether or after before tomorrow later tonight instead".split(" "),
);
const CONDITIONS = new Set(["if", "when", "unless", "whether", "once"]);
const REFUSALS = new Set(["not", "no", "never", "without"]);
const ENDS = new Set(["?", "!", ";", ",", "."]);
const IT = new Set(["it", "this", "that"]);

/**
 * Judges whether a text plainly asks for an action: an imperative or a plain need ("checkout needs a restart"),
 * without a "not", an "if", a "when" or a later time. In doubt it does not. Only one part of a sentence is read at a
 * time, but a refusal or a condition in any part counts.
 */
export function requestIn(marks: Marks): Request {
	const parts = partsOf(marks.all);
	const acting = parts.filter((part) => part.some((mark) => isAct(mark) || isActed(mark)));
	if (acting.length === 0) return "none";
	const asked = acting.some((part) => isImperative(part) || isNeed(part) || isGetDone(part));
	const withheld = parts.some(refuses) || parts.some((part) => CONDITIONS.has(wordsOf(part)[0] ?? ""));
	return asked && !withheld && acting.every((part) => !speaksOf(part)) ? "clear" : "about";
}

const isAct = (mark: Mark) => mark.concept?.startsWith("act:") ?? false;
const isActed = (mark: Mark) => mark.concept?.startsWith("acted:") ?? false;

/** The parts between punctuation; a question mark stays with its part as a last word. A colon may be a quotation. */
function partsOf(marks: readonly Mark[]): readonly (readonly Mark[])[] {
	const parts: Mark[][] = [[]];
	for (const mark of marks) {
		const ends = mark.tokens[0]?.kind === "mark" && ENDS.has(mark.text);
		if (!ends || mark.text === "?") parts.at(-1)?.push(mark);
		if (ends) parts.push([]);
	}
	return parts.filter((part) => part.length > 0);
}

function wordsOf(marks: readonly Mark[]): readonly string[] {
	return marks.flatMap((mark) => mark.text.split(" "));
}

/** Consumes leads from the front; whether nothing else is left. */
function isPolite(words: readonly string[]): boolean {
	let at = 0;
	while (at < words.length) {
		const fitting = LEADS.filter((lead) => lead.every((word, offset) => words[at + offset] === word));
		const longest = Math.max(0, ...fitting.map((lead) => lead.length));
		if (longest === 0) return false;
		at += longest;
	}
	return true;
}

/** `please restart checkout`, `can you bounce the worker`, `turn checkout off and on`. */
function isImperative(part: readonly Mark[]): boolean {
	const verb = part.findIndex(isAct);
	if (verb < 0) return false;
	const gap = part[verb]?.text === "off and on";
	const before = part.slice(0, verb).filter((mark) => !(gap && mark.mention));
	const polite = wordsOf(before);
	const asksNicely = polite.includes("you");
	if (!isPolite(polite) || (part.at(-1)?.text === "?" && !asksNicely)) return false;
	const rest = part.slice(verb + 1).filter((mark) => mark.text !== "?");
	if (gap) return settled(rest);
	const object = rest.findIndex((mark) => mark.mention !== undefined || mark.unknown || IT.has(mark.text));
	if (object < 0) return rest.length > 0 && settled(rest) && rest[0]?.text !== "of";
	return wordsOf(rest.slice(0, object)).every((word) => BETWEEN.has(word)) && settled(rest.slice(object + 1));
}

/** `checkout needs a restart`, `worker needs to be restarted`; not as a question. */
function isNeed(part: readonly Mark[]): boolean {
	const words = wordsOf(part);
	const need = words.indexOf("needs");
	const named = part.some((mark) => mark.mention !== undefined);
	const asks = part.at(-1)?.text === "?" || ["who", "what", "which", "why", "how"].includes(words[0] ?? "");
	const after = words
		.slice(need + 1)
		.filter((word) => !["a", "an", "to", "be", "another", "quick"].includes(word));
	const verb = part.find((mark) => isAct(mark) || isActed(mark))?.text.split(" ")[0];
	return need >= 0 && named && !asks && after[0] === verb && settled(part);
}

/** `could we get worker restarted`, `get checkout restarted please`. */
function isGetDone(part: readonly Mark[]): boolean {
	const words = wordsOf(part);
	const get = words.indexOf("get");
	const lead = words.slice(0, get).join(" ");
	const polite = ["", "can we", "could we", "can i", "could i", "can you", "could you", "please", "let us"];
	const target = part.findIndex((mark) => mark.mention !== undefined);
	return (
		get >= 0 && polite.includes(lead) && target >= 0 && part.slice(target).some(isActed) && settled(part)
	);
}

function settled(rest: readonly Mark[]): boolean {
	return (
		wordsOf(rest).every((word) => !UNSETTLED.has(word)) &&
		!rest.some((mark) => mark.tokens[0]?.kind === "clock")
	);
}

/** `don't restart checkout`, and a part that only says no: `restart checkout? no, don't`. */
function refuses(part: readonly Mark[]): boolean {
	const words = wordsOf(part);
	const acts = part.some((mark) => isAct(mark) || isActed(mark));
	if (acts) return words.some((word) => REFUSALS.has(word));
	return (
		REFUSALS.has(words[0] ?? "") ||
		(words[0] === "do" && words[1] === "not") ||
		REFUSALS.has(words.at(-1) ?? "")
	);
}

/** `restart count of checkout`, `restart of worker`: the action as a thing. */
function speaksOf(part: readonly Mark[]): boolean {
	const verb = part.findIndex(isAct);
	const next = part[verb + 1]?.text.split(" ")[0] ?? "";
	return (
		verb >= 0 &&
		["of", "count", "counts", "history", "rate", "time", "times", "policy", "loop"].includes(next)
	);
}
