import { AppError } from "../../src/domain/errors.ts";
import type { SlackWork } from "./bolt-app.ts";
import { isConfirmed, wordToType } from "./confirm-plan.ts";
import { decideInSlack, explainInSlack, sayIfPossible } from "./decide-in-slack.ts";
import { parseReasonForm, type ReasonForm } from "./parse-reason-form.ts";
import type { SlackDeps } from "./slack-deps.ts";

/** Takes a form that was sent in: a decision that waited for its reason, or a reason told afterwards. */
export async function takeForm(deps: SlackDeps, work: SlackWork): Promise<void> {
	const form = parseReasonForm(work.body);
	if (form === undefined) return;
	if (!form.decides) return explainInSlack(deps, form, work);
	const problem = await problemOf(deps, form);
	if (problem !== undefined) return sayIfPossible(deps, form, (voice) => voice.refuse(problem));
	await decideInSlack(deps, form, work);
}

/** Approving at high risk needs a reason and what has to be typed, whatever the form let through. */
async function problemOf({ store }: SlackDeps, form: ReasonForm): Promise<AppError | undefined> {
	if (form.verdict !== "approve") return undefined;
	const approval = await store.approvals.get(form.approvalId);
	if (approval?.plan.risk !== "high") return undefined;
	if (form.reason === "")
		return new AppError("invalid", "Not counted: a plan of high risk needs a reason. Nothing changed.");
	if (isConfirmed(approval.plan, form.typed)) return undefined;
	const word = wordToType(approval.plan);
	return new AppError("invalid", `Not counted: ${word} has to be typed to approve this. Nothing changed.`);
}
