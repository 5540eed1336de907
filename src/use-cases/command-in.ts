import { COMMANDS } from "./commands.ts";

const LONGEST_LINE = 500;
/** Words that nobody begins a question with, so that a mistyped command is answered as one. */
const SPOKEN = /^(?:demo|digest now)\b/i;

/**
 * The command in what a person wrote, on any platform: behind `/ops` or `/`, or exactly as the list has it. Undefined
 * for anything else, which is a question. Pure.
 */
export function commandIn(text: string): string | undefined {
	const line = text.trim();
	const slashed = /^\/(?:ops\b)?\s*([\s\S]*)$/i.exec(line)?.[1];
	if (slashed !== undefined) return slashed;
	const isListed =
		line.length < LONGEST_LINE &&
		COMMANDS.some(({ forms }) => forms.some(({ pattern }) => pattern.test(line)));
	return isListed || SPOKEN.test(line) ? line : undefined;
}
