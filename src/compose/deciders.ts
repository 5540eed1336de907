import type { Identity } from "../domain/actor.ts";
import { decisionView } from "../domain/judge-decision.ts";
import type { ApprovalRules } from "../ports/approval-rules.ts";
import type { Store } from "../ports/store.ts";

/** The accounts of everybody who may decide on a request, if only deny it for now. */
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
		.filter((person) => decisionView(approval, rule, person, nowMs, {}).mayDecide.allowed)
		.flatMap((person) => person.identities);
}
