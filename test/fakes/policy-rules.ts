import { type ApprovalPolicy, ruleFor } from "../../src/domain/approval-policy.ts";
import type { ApprovalRules } from "../../src/ports/approval-rules.ts";

/** The rules of a policy alone: no route names approvers. */
export function policyRules(policy: ApprovalPolicy): ApprovalRules {
	return { ruleFor: async (_stores, plan) => ruleFor(policy, plan) };
}
