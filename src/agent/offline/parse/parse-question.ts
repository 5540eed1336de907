import type { Target } from "../../../../skills/metrics/target.ts";
import type { Reader } from "../../../../skills/text/time-text.ts";
import { chooseIntent } from "./choose-intent.ts";
import { markWords } from "./mark-words.ts";
import { parsePeriods } from "./parse-period.ts";
import type { ParsedQuestion, Slots } from "./parsed-question.ts";
import { readComparison } from "./read-comparison.ts";
import { type Marks, marksOf, readSlots } from "./read-slots.ts";
import { tokenise } from "./tokenise.ts";
import { turnAhead } from "./turn-ahead.ts";

/** Everything a text needs to be understood: the targets that exist, and the reader's time. */
export type Surroundings = Reader & { readonly targets: readonly Target[] };

/**
 * Understands a question: intent and slots. Pure and total: any text gives a result, in time linear in its length.
 * @param text as `normaliseText` gives it
 */
export function parseQuestion(text: string, surroundings: Surroundings): ParsedQuestion {
	const tokens = tokenise(text);
	const empty: Slots = { metrics: [], mentions: [] };
	if (tokens.every((token) => token.kind === "mark")) return { intent: "empty", slots: empty, follows: "no" };
	const marks = marksOf(markWords(tokens, surroundings.targets));
	const said = parsePeriods(tokens, surroundings);
	const foretells = asksWhatComes(marks);
	const isAhead = foretells || said.some(({ period }) => period.kind === "ahead");
	const periods = isAhead ? turnAhead(said, surroundings) : said;
	const slots: Slots = {
		...readSlots(marks, periods),
		...readComparison(marks, periods, surroundings.nowMs),
		...(foretells ? { foretells } : {}),
		...(asksWhen(marks) ? { reaches: true } : {}),
	};
	return { intent: chooseIntent(marks, slots), slots, follows: leansOnEarlier(marks, slots) };
}

const FORETELLING = new Set(
	"will|shall|gonna|going to|about to|forecast|forecasts|predict|predicted|prediction|projection|projected|extrapolate|outlook|estimate".split(
		"|",
	),
);

/** `what will the cpu be`, `forecast memory`: not the trend so far. */
function asksWhatComes(marks: Marks): boolean {
	return marks.all.some((mark) => mark.concept !== undefined && FORETELLING.has(mark.text));
}

/** `when is the disk full`, `will it last`. */
function asksWhen(marks: Marks): boolean {
	return marks.has("full", "when", "lasts");
}

/** Whether the words only make sense after something said before: "and yesterday?", "what about memory?", "why?". */
function leansOnEarlier(marks: Marks, slots: Slots): ParsedQuestion["follows"] {
	const words = marks.all.filter((mark) => mark.tokens[0]?.kind !== "mark");
	if (words[0]?.concept === "follow") return "joined";
	const pronoun = marks.has("pronoun") && slots.mentions.length === 0;
	if (pronoun) return "joined";
	return words.length <= 4 ? "short" : "no";
}
