import type { ApprovalPolicyRule } from "../domain/approval-policy.ts";
import type { Plan } from "../domain/plan.ts";
import type { Stores } from "./store.ts";

/** The rule that governs a plan at this moment; undefined: nothing may be requested or decided. */
export type ApprovalRules = {
	ruleFor(
		stores: Pick<Stores, "people" | "settings">,
		plan: Pick<Plan, "remediation" | "environment" | "account" | "targets">,
	): Promise<ApprovalPolicyRule | undefined>;
};
