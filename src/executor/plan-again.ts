import type { Approval } from "../domain/approval.ts";
import { toAppError } from "../domain/errors.ts";
import { findRemediation, makePlan, planHashOf } from "../remediations/make-plan.ts";
import type { ExecutorDeps } from "./executor-deps.ts";
import type { PlannedAgain } from "./judge-execution.ts";

/**
 * Makes the plan of a request again as the world is now. A stored plan that is not the one its hash was made from is
 * refused: what runs is the stored plan, so it must be the approved one to the letter.
 */
export async function planAgain(deps: ExecutorDeps, approval: Approval): Promise<PlannedAgain> {
	const { plan } = approval;
	try {
		if (planHashOf(plan, approval.expiresAtMs) !== approval.planHash)
			return {
				kind: "refused",
				reason: "The stored plan is not the one that was approved, so it was not run.",
			};
		const remediation = findRemediation(deps.remediations, plan.remediation);
		const checks = { verification: plan.verification, guards: plan.guards };
		const made = await makePlan(remediation, plan.parameters, checks, deps.reader);
		const failed = made.checks.find((check) => check.verdict === "fail");
		if (failed) return { kind: "refused", reason: `${failed.text}.` };
		const planHash = planHashOf(made, approval.expiresAtMs);
		// What people read, and what asks for more than a press, is not in the hash; the agent wrote it.
		const same = made.title === plan.title && made.summary === plan.summary && made.risk === plan.risk;
		if (planHash === approval.planHash && !same)
			return {
				kind: "refused",
				reason: "Its card said something else than what would be done, so it was not run.",
			};
		return { kind: "made", planHash };
	} catch (error) {
		const failure = toAppError(error);
		deps.logger.warn("a plan could not be made again", { approval: approval.id, error: failure });
		if (failure.code === "unavailable" || failure.code === "limited")
			return { kind: "unreadable", error: failure };
		return { kind: "refused", reason: failure.message };
	}
}
