import { momentText, type Reader } from "../../../../skills/text/time-text.ts";
import { type Approval, isUnchecked } from "../../../domain/approval.ts";
import type { Answered, AskedQuestion } from "../asked-question.ts";
import { askBack } from "../compose/ask-back.ts";
import { buildAnswer } from "../compose/build-answer.ts";
import { askAboutNames } from "../resolve-targets.ts";

/** Whether the last change of a target, or of anything, helped: what its request says. */
export async function answerOutcome(asked: AskedQuestion): Promise<Answered> {
	const { parsed, targets, context, deps } = asked;
	const back = askAboutNames(parsed.slots, targets, "health");
	if (back && "ask" in back) return askBack(back, context);
	const target = parsed.slots.mentions[0]?.target.name;
	const about = target === undefined ? "" : ` of ${target}`;
	const { items } = await deps.stores.approvals.list(target === undefined ? {} : { target }, { limit: 1 });
	const [last] = items;
	const text = last
		? outcomeText(last, context)
		: `No change${about} was requested, so none can have helped.`;
	const name = last?.plan.targets[0]?.name;
	const suggestions = [...(name === undefined ? [] : [`what is wrong with ${name}`]), "what is wrong now"];
	return { answer: buildAnswer({ text, suggestions }, context) };
}

const ENDS: Readonly<Record<Approval["status"], string>> = {
	proposed: "still waits for approval, so nothing was done",
	partly_approved: "still waits for approval, so nothing was done",
	approved: "is approved and about to run",
	executing: "is running",
	verifying: "was done and is being checked",
	succeeded: "succeeded",
	failed: "failed",
	rolled_back: "did not help and was undone",
	rollback_failed: "did not help, and could not be undone",
	denied: "was denied, so nothing was done",
	expired: "expired, so nothing was done",
	cancelled: "was cancelled, so nothing was done",
	unknown: "ended in a way that is not known",
};

/** `A-3 (Restart checkout) succeeded at 14:20: memory is back inside its band.` */
export function outcomeText(approval: Approval, reader: Reader): string {
	const { id, plan, status, outcome, endedAtMs } = approval;
	const at = endedAtMs === undefined ? "" : ` at ${momentText(endedAtMs, reader)}`;
	const ends = isUnchecked(approval)
		? `was done${at}, and whether it helped was not checked`
		: `${ENDS[status]}${at}`;
	const why = outcome === undefined ? "" : `: ${outcome.replace(/\.$/, "")}`;
	return `${id} (${plan.title}) ${ends}${why}.`;
}
