import type { Person } from "../domain/actor.ts";
import { judgeTime } from "../domain/allowed-times.ts";
import { type Approval, countedApprovers } from "../domain/approval.ts";
import { type ApprovalPolicyRule, isQuorum, type Permission } from "../domain/approval-policy.ts";
import type { AppError } from "../domain/errors.ts";
import { judgeLimits } from "../domain/limits.ts";
import { formatDuration } from "../domain/quantity.ts";
import type { RecentEffect } from "../ports/store.ts";

/** The plan as the world would have it made now, why it can't be made, or that the world can't be read right now. */
export type PlannedAgain =
	| { readonly kind: "made"; readonly planHash: string }
	| { readonly kind: "refused"; readonly reason: string }
	| { readonly kind: "unreadable"; readonly error: AppError };

/** Whether an approved request may run now; if not, how it ends and why, or the error after which to try again. */
export type ExecutionJudgement =
	| { readonly kind: "run" }
	| { readonly kind: "end"; readonly to: "expired" | "failed" | "cancelled"; readonly reason: string }
	| { readonly kind: "wait"; readonly error: AppError };

/**
 * Judges everything again at the moment of execution: the deadline by the database's clock, the quorum by the roles
 * and the policy of now, and the plan by its hash. Pure.
 * @param rule the one that governs the plan now
 * @param people the approvers as they are now, by person id; who is missing there counts for nothing
 */
export function judgeExecution(input: {
	readonly approval: Approval;
	readonly rule: ApprovalPolicyRule | undefined;
	readonly people: ReadonlyMap<string, Person>;
	readonly planned: PlannedAgain;
	/** What was begun within the rule's cooldown and window. */
	readonly recent: readonly RecentEffect[];
	/** What forbids effects now: a freeze, or planned maintenance. */
	readonly hold: { readonly reason: string } | undefined;
	readonly nowMs: number;
}): ExecutionJudgement {
	const { approval, rule, people, planned, recent, hold, nowMs } = input;
	if (nowMs >= approval.expiresAtMs) {
		const late = formatDuration(nowMs - approval.expiresAtMs);
		return {
			kind: "end",
			to: "expired",
			reason: `It was approved but could not run before it expired (${late} late); nothing was changed.`,
		};
	}
	if (hold) return { kind: "end", to: "cancelled", reason: `${hold.reason} Nothing was changed.` };
	const counted = countedApprovers(approval, rule, (person) => people.get(person.id));
	if (!isQuorum(rule, counted.length))
		return {
			kind: "end",
			to: "failed",
			reason: `Only ${counted.length} of ${rule?.quorum ?? 1} approvals still count with the roles and policy of now; nothing was changed.`,
		};
	const limited = rule && withinLimits(rule, approval, recent, nowMs);
	if (limited && !limited.allowed)
		return { kind: "end", to: "failed", reason: `${limited.reason} Nothing was changed.` };
	if (planned.kind === "unreadable") return { kind: "wait", error: planned.error };
	if (planned.kind === "refused")
		return { kind: "end", to: "failed", reason: `${planned.reason} Nothing was changed.` };
	if (planned.planHash !== approval.planHash)
		return {
			kind: "end",
			to: "failed",
			reason:
				"What would be changed is no longer what was approved, so it was not run; nothing was changed. Ask again for a new plan.",
		};
	return { kind: "run" };
}

function withinLimits(
	rule: ApprovalPolicyRule,
	approval: Approval,
	recent: readonly RecentEffect[],
	nowMs: number,
): Permission {
	const inTime = judgeTime(rule, nowMs);
	if (!inTime.allowed) return inTime;
	return judgeLimits({ rule, plan: approval.plan, recent, nowMs, approvalId: approval.id });
}
