import { type Approval, isPending } from "../domain/approval.ts";
import type { PlanCheck } from "../domain/plan.ts";
import { formatDuration } from "../domain/quantity.ts";

/** After so long without a word from the executor people are told that it does not answer. */
export const CHECK_PATIENCE_MS = 10_000;

/** What was checked before anybody was asked: by the plan, and by AWS. */
export function checksOf({ plan, preflight }: Pick<Approval, "plan" | "preflight">): PlanCheck[] {
	return [...plan.checks, ...(preflight?.checks ?? [])];
}

/** Whether AWS is still to be asked before anybody may decide. */
export function isChecking({ status, preflight }: Pick<Approval, "status" | "preflight">): boolean {
	return isPending(status) && preflight?.state === "pending";
}

/** Whether that takes longer than it ever should. */
export function isCheckLate(approval: Approval, nowMs: number): boolean {
	return isChecking(approval) && nowMs - approval.createdAtMs >= CHECK_PATIENCE_MS;
}

/** Whether a check ended the request before anybody was asked. */
export function isBlocked(approval: Approval): boolean {
	return approval.status === "cancelled" && checksOf(approval).some(({ verdict }) => verdict === "fail");
}

/** What to do where a check ended a request, and what it waits for while AWS is not asked yet. */
export function checksText(approval: Approval, nowMs: number): string | undefined {
	if (isBlocked(approval))
		return approval.preflight?.statement === undefined
			? "Ask again once that has changed."
			: "Add the statement below to the policy of the executor's role, then ask again.";
	if (!isChecking(approval)) return undefined;
	if (!isCheckLate(approval, nowMs)) return "AWS is asked whether it would allow this.";
	const span = formatDuration(nowMs - approval.createdAtMs);
	return `The executor has not answered for ${span}. It asks AWS before anybody can decide; see that it runs. The request goes on by itself.`;
}
