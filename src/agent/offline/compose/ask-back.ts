import type { Reader } from "../../../../skills/text/time-text.ts";
import type { Answered } from "../asked-question.ts";
import { buildAnswer } from "./build-answer.ts";

/** An answer that asks back, or says what is missing, with questions that would work. */
export function askBack(
	{ ask, suggestions }: { readonly ask: string; readonly suggestions: readonly string[] },
	reader: Reader,
): Answered {
	return { answer: buildAnswer({ verdict: "not_understood", text: ask, suggestions }, reader) };
}
