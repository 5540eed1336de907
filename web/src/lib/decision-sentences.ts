import type { ApprovalView, DecisionView, PersonView } from "../api/types.generated.ts";
import { countWords } from "./count-words.ts";
import { formatClock, formatRemaining } from "./format-time.ts";

/** "needs one more", or that the next approval is the last one needed. */
export function stillNeeded(approval: ApprovalView): string {
	const missing = approval.quorum - approval.approved;
	return missing <= 1 && approval.quorum === 1
		? "one is enough"
		: `needs ${countWords(missing, "more", "more").toLowerCase()}`;
}

/** "expires 02:58, in 11 min"; seconds under one minute. */
export function expiry(approval: ApprovalView, nowMs: number): string {
	const expiresAtMs = Date.parse(approval.expiresAt);
	const left = formatRemaining(expiresAtMs - nowMs);
	return left ? `expires ${formatClock(expiresAtMs)}, in ${left}` : `expired ${formatClock(expiresAtMs)}`;
}

/** "operator-1 approved at 02:44". */
export function decisionSentence(decision: DecisionView): string {
	const verb = decision.verdict === "approve" ? "approved" : "denied";
	return `${decision.person.name} ${verb} at ${formatClock(Date.parse(decision.at))}`;
}

/** Whether a person may still say why: it is their last decision on the request, and it has no reason. */
export function mayExplain(
	decisions: readonly DecisionView[],
	decision: DecisionView,
	me: Pick<PersonView, "id">,
): boolean {
	return !decision.reason && decisions.findLast(({ person }) => person.id === me.id) === decision;
}

/** "Approve restart", from the verb that the title begins with. */
export function approveLabel(approval: ApprovalView): string {
	return `Approve ${approval.title.split(" ")[0]?.toLowerCase() ?? ""}`.trim();
}
