import type { CheckFinding } from "../../../src/domain/check-finding.ts";
import { toAppError } from "../../../src/domain/errors.ts";
import { sentenceCase } from "../../../src/domain/sentence-case.ts";

export type SlackFinding = Omit<CheckFinding, "area">;

/** What stands in the way of a check, as its finding: the error's sentence says what is wrong, then what to do. Pure. */
export function errorFinding(name: string, error: unknown): SlackFinding {
	const { code, message } = toAppError(error);
	const [what = message, remedy = "see the log, and run the check again"] = message.split("; ");
	const isPassing = code === "unavailable" || code === "limited";
	return {
		name,
		verdict: isPassing ? "warn" : "fail",
		text: ended(what),
		remedy: ended(sentenceCase(remedy)),
	};
}

const ended = (text: string) => (text.endsWith(".") ? text : `${text}.`);
