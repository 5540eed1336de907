import { SENSITIVITIES } from "./effective-watches.ts";
import { ADD_USAGE } from "./read-new-watch.ts";

/** How each form of the command is written, by its second word. */
export const WATCH_USAGE = {
	test: "watch test <name> [days] [low|normal|high]",
	tune: "watch tune <name> low|normal|high [reason]",
	mute: "watch mute <name> [for 2h|until 08:00] [reason]",
	unmute: "watch unmute <name>",
	add: ADD_USAGE,
	remove: "watch remove <name>",
	reset: "watch reset <name>",
} as const;

type Verb = keyof typeof WATCH_USAGE;

const VERBS = ["test", "tune", "mute", "unmute", "add", "remove", "reset"] as const satisfies readonly Verb[];
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/i;
const LONGEST_LINE = 500;
const LONGEST_TOLD = 40;

/** What is wrong with a line that begins with `watch` and is no form of it: which value, and what is allowed. Pure. */
export function watchMistake(line: string): string {
	if (line.length >= LONGEST_LINE)
		return `That command has ${line.length} characters, and ${LONGEST_LINE - 1} are the most; write a shorter one.`;
	const [, verb = "", name, ...rest] = line.trim().split(/\s+/);
	const known = VERBS.find((one) => one === verb.toLowerCase());
	if (verb.toLowerCase() === "page")
		return `${quoted(name ?? "")} is no number of a page. Write: watch page 2`;
	if (!known)
		return `${quoted(verb)} is nothing a watch can be told. Write watch alone for the list, or: ${VERBS.join(", ")}.`;
	const usage = `Write: ${WATCH_USAGE[known]}`;
	if (name === undefined) return `The name of the watch is missing. ${usage}`;
	if (known !== "add" && !NAME.test(name))
		return `${quoted(name)} is no name of a watch: those are of letters, digits and hyphens. ${usage}`;
	return `${wrongValue(known, rest)} ${usage}`;
}

function wrongValue(verb: Verb, rest: readonly string[]): string {
	const [first] = rest;
	if (verb === "add") return "The query is missing.";
	if (verb === "tune")
		return first === undefined
			? "The sensitivity is missing: low, normal or high."
			: `${quoted(first)} is no sensitivity: it is low, normal or high.`;
	if (verb === "test") return wrongReplay(rest);
	return `Nothing stands behind the name: ${quoted(rest.join(" "))} is too much.`;
}

function wrongReplay(rest: readonly string[]): string {
	const isKnob = (word: string) => SENSITIVITIES.some((one) => one === word.toLowerCase());
	const isDays = (word: string) => /^\d{1,3}d?$/i.test(word);
	const wrong = rest.find((word) => !isKnob(word) && !isDays(word) && !/^d(?:ays?)?$/i.test(word));
	return wrong === undefined
		? "The days come first, then the sensitivity, each once."
		: `${quoted(wrong)} is neither a number of days, 1 to 90, nor low, normal or high.`;
}

function quoted(text: string): string {
	return `"${text.length > LONGEST_TOLD ? `${text.slice(0, LONGEST_TOLD)}...` : text}"`;
}
