import type { Target } from "../../../../skills/metrics/target.ts";
import { type Mark, markWords } from "./mark-words.ts";
import type { ParsedQuestion } from "./parsed-question.ts";
import { tokenise } from "./tokenise.ts";

/** Longer lines are questions, however they were typed. */
const LONGEST_COMMAND = 2;

/**
 * Whether one or two words typed as a command are none, and no question either: no word is a target, a time, an id or
 * a word that is known as it stands. A near word does not count: what was meant is not guessed here. Pure.
 * @param text as `normaliseText` gives it
 */
export function isUnknownCommand(text: string, parsed: ParsedQuestion, targets: readonly Target[]): boolean {
	const words = text.split(" ").filter((word) => word !== "");
	if (parsed.intent === "empty" || parsed.intent === "capabilities") return false;
	if (words.length > LONGEST_COMMAND || parsed.slots.period) return false;
	return !markWords(tokenise(text), targets).some(isKnown);
}

/** A verb of doing says nothing about what; only a restart without a name is asked back about. */
function isKnown({ tokens, concept, guessed, mention }: Mark): boolean {
	if (mention) return true;
	const [token] = tokens;
	if (token && token.kind !== "word" && token.kind !== "mark") return true;
	if (concept === undefined || guessed) return false;
	return !concept.startsWith("act:") || concept === "act:restart";
}
