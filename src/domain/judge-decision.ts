import type { Person } from "./actor.ts";
import { judgeTime } from "./allowed-times.ts";
import { type Approval, type ApprovalStatus, isPending, requesterPersonId, statusText } from "./approval.ts";
import { type ApprovalPolicyRule, isQuorum, mayDecide } from "./approval-policy.ts";
import { timeToken } from "./time-text.ts";

/** What one decision does to a request. Refusals carry the sentence for the person who pressed. */
export type DecisionEffect =
	| { readonly kind: "moved"; readonly to: "partly_approved" | "approved" | "denied" }
	| { readonly kind: "refused"; readonly why: RefusalReason; readonly reason: string };

/** `unchecked`, `held` and `out_of_hours` pass by themselves; only approving waits for them, denying never does. */
export type RefusalReason =
	| "already_decided"
	| "expired"
	| "forbidden"
	| "repeated"
	| "unchecked"
	| "held"
	| "out_of_hours";

/**
 * Judges one press of a button. Pure: the caller gives the current rule, the person's role as of now, what forbids
 * effects now (a freeze, maintenance) and the database's clock, and commits the effect in one transaction. Where it
 * stands is told to whoever comes too late, with by whom and when.
 */
export function judgeDecision(
	approval: Approval,
	rule: ApprovalPolicyRule | undefined,
	input: { readonly person: Person; readonly verdict: "approve" | "deny" },
	nowMs: number,
	hold?: { readonly reason: string },
): DecisionEffect {
	if (approval.status === "expired" || (isPending(approval.status) && nowMs >= approval.expiresAtMs))
		return refused("expired", "This request has expired; ask again for a new plan.");
	if (!isPending(approval.status)) return refused("already_decided", standingText(approval, input.person.id));
	const permission = mayDecide(rule, input.person, requesterPersonId(approval));
	if (!permission.allowed) return refused("forbidden", permission.reason);
	if (input.verdict === "deny") return { kind: "moved", to: "denied" };
	const already = approval.decisions.filter((decision) => decision.verdict === "approve");
	if (already.some((decision) => decision.person.id === input.person.id))
		return refused("repeated", "Your approval is already counted; another person is needed.");
	if (approval.preflight?.state === "pending")
		return refused("unchecked", "This request is still being checked; decide when the checks are done.");
	if (hold) return refused("held", hold.reason);
	const inTime = rule ? judgeTime(rule, nowMs) : undefined;
	if (inTime && !inTime.allowed) return refused("out_of_hours", inTime.reason);
	const distinct = new Set([...already.map((decision) => decision.person.id), input.person.id]);
	return { kind: "moved", to: isQuorum(rule, distinct.size) ? "approved" : "partly_approved" };
}

function refused(why: RefusalReason, reason: string): DecisionEffect {
	return { kind: "refused", why, reason };
}

/** States that "is already" would not be said of. */
const STANDING: Readonly<Partial<Record<ApprovalStatus, string>>> = {
	proposed: "still waits for a decision",
	partly_approved: "still waits for another person",
	executing: "is already being carried out",
	verifying: "has already been carried out and is being checked",
	succeeded: "has already succeeded",
	failed: "has already failed",
	rollback_failed: "has already failed, and so has its rollback",
	unknown: "has already been carried out, with an unknown outcome",
};

/**
 * Where a request stands, to whoever comes too late: the state, and who decided when; where no decision led there, why
 * it ended. Times are tokens; see `replaceTimes`. Pure.
 */
export function standingText(approval: Approval, readerPersonId?: string): string {
	const { status, decisions, outcome } = approval;
	const state = `This request ${STANDING[status] ?? `is already ${statusText(status)}`}.`;
	if (status === "cancelled" || status === "expired") {
		const at = approval.endedAtMs === undefined ? "" : ` at ${timeToken(approval.endedAtMs)}`;
		return outcome === undefined ? state : `This request was ${status}${at}. ${outcome}`;
	}
	const last = decisions.at(-1);
	if (!last) return state;
	const who = last.person.id === readerPersonId ? "You" : last.person.name;
	return `${state} ${who} decided it at ${timeToken(last.atMs)}.`;
}
