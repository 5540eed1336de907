import type { Identity } from "../domain/actor.ts";
import { judgeDecision } from "../domain/judge-decision.ts";
import type { ApprovalRules } from "../ports/approval-rules.ts";
import type { Store } from "../ports/store.ts";

/** The accounts of everybody who may approve a request now. */
export async function decidersOf(
	deps: { readonly store: Store; readonly rules: ApprovalRules },
	approvalId: string,
): Promise<readonly Identity[]> {
	const approval = await deps.store.approvals.get(approvalId);
	if (!approval) return [];
	const rule = await deps.rules.ruleFor(deps.store, approval.plan);
	const nowMs = await deps.store.now();
	const people = await deps.store.people.list();
	return people
		.filter((person) => judgeDecision(approval, rule, { person, verdict: "approve" }, nowMs).kind === "moved")
		.flatMap((person) => person.identities);
}
