import type { SkillDeps } from "../../../skills/define-skill.ts";
import { existingZone } from "../../../skills/text/zoned-time.ts";
import { visibleTo } from "../../../skills/visible-to.ts";
import { hasRole, personOf } from "../../domain/actor.ts";
import type { Answer } from "../../domain/answer.ts";
import { type AppError, type ErrorCode, toAppError } from "../../domain/errors.ts";
import type { Investigator, Question } from "../../ports/investigator.ts";
import type { Logger } from "../../ports/logger.ts";
import { answerQuestion } from "./answer-question.ts";
import { answerChange, changeAskedFor } from "./answers/answer-change.ts";
import { answerWatchForecast } from "./answers/answer-forecast.ts";
import { unknownCommand } from "./answers/answer-other.ts";
import { answerWatch, watchesAskedFor } from "./answers/answer-watch.ts";
import { buildAnswer } from "./compose/build-answer.ts";
import { type ConversationMemory, createConversationMemory } from "./conversation-memory.ts";
import { isUnknownCommand } from "./parse/is-unknown-command.ts";
import { mergeFollowUp } from "./parse/merge-follow-up.ts";
import { LONGEST_QUESTION, normaliseText } from "./parse/normalise-text.ts";
import { parseQuestion } from "./parse/parse-question.ts";
import type { Intent } from "./parse/parsed-question.ts";

export type OfflineInvestigatorDeps = SkillDeps & {
	readonly logger: Logger;
	readonly memory?: ConversationMemory;
};

/** Questions that leave nothing to come back to. */
const FORGOTTEN = new Set<Intent>(["empty", "none", "greeting", "decide", "unsupported", "capabilities"]);

/**
 * Answers questions by a grammar and the skills, without a language model. Any text gives an answer: bounded, polite,
 * and never an action by itself.
 */
export function createOfflineInvestigator(deps: OfflineInvestigatorDeps): Investigator {
	const memory = deps.memory ?? createConversationMemory();
	return {
		answer: async (question) => {
			try {
				return await answer(deps, memory, question);
			} catch (error) {
				return failed(deps.logger, toAppError(error), question);
			}
		},
	};
}

async function answer(
	all: OfflineInvestigatorDeps,
	memory: ConversationMemory,
	question: Question,
): Promise<Answer> {
	const deps = visibleTo(all, question.hiddenTargets);
	const { asker, askedIn, conversation, nowMs } = question;
	const timeZone = existingZone(question.timeZone);
	const { text, cut } = normaliseText(question.text);
	const targets = await deps.inventory();
	const earlier = memory.recall(conversation);
	const parsed = mergeFollowUp(parseQuestion(text, { nowMs, timeZone, targets }), earlier?.question, nowMs);
	const asked = {
		deps,
		parsed,
		targets,
		context: { asker, nowMs, timeZone, ...(askedIn ? { askedIn } : {}) },
		...(keepsBack(question) ? { keepsBack: true as const } : {}),
		...(earlier?.incidentId ? { incidentId: earlier.incidentId } : {}),
	};
	const change = changeAskedFor(question.text, asked);
	if (change) return (await answerChange(asked, change, question.hiddenTargets !== undefined)).answer;
	const own = watchesAskedFor(text, asked);
	const noCommand =
		own.length === 0 && question.asCommand === true && isUnknownCommand(text, parsed, targets);
	if (noCommand) return unknownCommand(text, asked.context);
	const { period, foretells } = parsed.slots;
	const isAhead = foretells === true || period?.kind === "ahead";
	const answered =
		own.length === 0
			? answerQuestion(asked)
			: isAhead
				? answerWatchForecast(asked, own)
				: answerWatch(asked, own);
	const { answer: made, incidentId } = await answered;
	if (!FORGOTTEN.has(parsed.intent)) {
		const about = incidentId ?? earlier?.incidentId;
		memory.remember(conversation, { question: parsed, ...(about ? { incidentId: about } : {}) });
	}
	if (!cut) return made;
	return {
		...made,
		text: `${made.text} Only the first ${LONGEST_QUESTION.toLocaleString("en-US")} characters were read.`,
	};
}

/** Whether a person with a role reads less here than they may: a guest never learns that there is more. */
function keepsBack({ hiddenTargets, asker }: Question): boolean {
	return hiddenTargets !== undefined && hasRole(personOf(asker)?.role ?? "guest", "viewer");
}

const VERDICTS: Readonly<Partial<Record<ErrorCode, Answer["verdict"]>>> = {
	invalid: "not_understood",
	unsupported: "not_understood",
	not_found: "not_understood",
	forbidden: "refused",
	conflict: "refused",
	gone: "refused",
};

function failed(logger: Logger, error: AppError, { nowMs, timeZone, conversation }: Question): Answer {
	if (error.code === "internal") logger.error("a question could not be answered", { conversation, error });
	else logger.info("a question was not answered", { conversation, code: error.code, reason: error.message });
	return buildAnswer(
		{
			verdict: VERDICTS[error.code] ?? "no_data",
			text: error.message,
			suggestions: ["what is wrong now", "what can you do"],
		},
		{ nowMs, timeZone: existingZone(timeZone) },
	);
}
