import { type Actor, actorId, actorName, personOf } from "../domain/actor.ts";
import type { Approval } from "../domain/approval.ts";
import { AppError } from "../domain/errors.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Store } from "../ports/store.ts";

const LONGEST_REASON = 500;

export type ExplainDecisionDeps = { readonly store: Store; readonly jobs: Pick<JobQueue, "nudge"> };

/**
 * Adds why to a decision that the same person made before. It changes nothing but the record: the decision stands.
 * @throws AppError `not_found`, `forbidden` (this person decided nothing there), `invalid`
 */
export async function explainDecision(
	deps: ExplainDecisionDeps,
	actor: Actor,
	input: { readonly approvalId: string; readonly reason: string },
): Promise<Approval> {
	const person = personOf(actor);
	const reason = input.reason.trim();
	if (reason === "" || reason.length > LONGEST_REASON)
		throw new AppError("invalid", `Write a reason of 1 to ${LONGEST_REASON} characters.`);
	const approval = await deps.store.transaction(async (stores) => {
		const found = await stores.approvals.getForUpdate(input.approvalId);
		if (!found) throw new AppError("not_found", `There is no request ${input.approvalId}.`);
		const decision = found.decisions.findLast((item) => item.person.id === person?.id);
		if (!decision)
			throw new AppError("forbidden", "Not kept: you decided nothing on this request. Nothing changed.");
		await stores.audit.append({
			action: "approval.decision_explained",
			actorId: actorId(actor),
			actorName: actorName(actor),
			subject: `approval:${found.id}`,
			summary: `${decision.person.name} gave a reason for the ${decision.verdict === "deny" ? "denial" : "approval"} of ${found.plan.title}`,
			data: { verdict: decision.verdict, reason },
		});
		await stores.enqueue("publish-approval", { approvalId: found.id });
		return found;
	});
	deps.jobs.nudge("publish-approval");
	return approval;
}
