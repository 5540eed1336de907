import { answerAlerts } from "./answers/answer-alerts.ts";
import { answerCapabilities } from "./answers/answer-capabilities.ts";
import { answerCompare } from "./answers/answer-compare.ts";
import { answerExplain } from "./answers/answer-explain.ts";
import { answerForecast } from "./answers/answer-forecast.ts";
import { answerAnomalies, answerIncidents } from "./answers/answer-lists.ts";
import {
	answerEmpty,
	answerFuture,
	answerGreeting,
	answerOutOfReach,
	answerUnreadableTime,
} from "./answers/answer-other.ts";
import { answerOutcome } from "./answers/answer-outcome.ts";
import {
	answerActionQuestion,
	answerApprovals,
	answerDecision,
	answerPropose,
} from "./answers/answer-request.ts";
import { answerStatus } from "./answers/answer-status.ts";
import { answerTop } from "./answers/answer-top.ts";
import { answerValue } from "./answers/answer-value.ts";
import type { Answered, AskedQuestion } from "./asked-question.ts";
import type { Intent } from "./parse/parsed-question.ts";

const ANSWERS: Readonly<Record<Intent, (asked: AskedQuestion) => Promise<Answered> | Answered>> = {
	value: answerValue,
	compare: answerCompare,
	top: answerTop,
	anomalies: answerAnomalies,
	incidents: answerIncidents,
	alerts: answerAlerts,
	explain: answerExplain,
	forecast: answerForecast,
	capabilities: (asked) => answerCapabilities(asked),
	status: answerStatus,
	approvals: answerApprovals,
	propose: answerPropose,
	outcome: answerOutcome,
	decide: answerDecision,
	"action-question": answerActionQuestion,
	unsupported: answerOutOfReach,
	greeting: answerGreeting,
	empty: answerEmpty,
	none: answerOutOfReach,
};

/** Answers a question that was understood. @throws AppError of the skills */
export async function answerQuestion(asked: AskedQuestion): Promise<Answered> {
	const { intent, slots } = asked.parsed;
	const acts = intent === "propose" || intent === "decide" || intent === "action-question";
	const { period } = slots;
	if (period?.kind === "unreadable" && !acts) return answerUnreadableTime(asked, period.words);
	if (period?.kind === "ahead" && !acts && intent !== "forecast") return answerFuture(asked, period.words);
	return await ANSWERS[intent](asked);
}
