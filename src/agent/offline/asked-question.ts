import type { SkillContext, SkillDeps } from "../../../skills/define-skill.ts";
import type { Target } from "../../../skills/metrics/target.ts";
import type { Answer } from "../../domain/answer.ts";
import type { ParsedQuestion } from "./parse/parsed-question.ts";

/** A question that was understood, with everything an answer needs. */
export type AskedQuestion = {
	readonly deps: SkillDeps;
	readonly context: SkillContext;
	readonly parsed: ParsedQuestion;
	readonly targets: readonly Target[];
	/** Something may be kept from this reader, who is no guest: what is not told may be wrong all the same. */
	readonly keepsBack?: true;
	/** The incident this conversation was about last. */
	readonly incidentId?: string;
};

/** An answer, and what of it later questions may refer to. */
export type Answered = { readonly answer: Answer; readonly incidentId?: string };
