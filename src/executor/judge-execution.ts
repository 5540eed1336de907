import type { Person } from "../domain/actor.ts";
import { type Approval, countedApprovers } from "../domain/approval.ts";
import { type ApprovalPolicy, ruleFor } from "../domain/approval-policy.ts";
import { formatDuration } from "../domain/quantity.ts";

/** Whether an approved request may run now; if not, how it ends and why. */
export type ExecutionJudgement =
	| { readonly run: true }
	| { readonly run: false; readonly to: "expired" | "failed"; readonly reason: string };

/**
 * Judges everything again at the moment of execution: the deadline by the database's clock, the quorum by the roles
 * and the policy of now, and the plan by its hash. Pure.
 * @param people the approvers as they are now, by person id; who is missing there counts for nothing
 */
export function judgeExecution(input: {
	readonly approval: Approval;
	readonly policy: ApprovalPolicy;
	readonly people: ReadonlyMap<string, Person>;
	readonly planHashNow: string;
	readonly nowMs: number;
}): ExecutionJudgement {
	const { approval, policy, people, planHashNow, nowMs } = input;
	if (nowMs >= approval.expiresAtMs) {
		const late = formatDuration(nowMs - approval.expiresAtMs);
		return {
			run: false,
			to: "expired",
			reason: `It was approved but could not run before it expired (${late} late); nothing was changed.`,
		};
	}
	const rule = ruleFor(policy, approval.plan);
	const counted = countedApprovers(approval, rule, (person) => people.get(person.id));
	if (!rule || counted.length < rule.quorum) {
		const needed = rule ? rule.quorum : 1;
		return {
			run: false,
			to: "failed",
			reason: `Only ${counted.length} of ${needed} approvals still count with the roles and policy of now; nothing was changed.`,
		};
	}
	if (planHashNow !== approval.planHash)
		return {
			run: false,
			to: "failed",
			reason:
				"What would be changed is no longer what was approved, so it was not run; nothing was changed. Ask again for a new plan.",
		};
	return { run: true };
}
