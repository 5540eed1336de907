import type { Person } from "./actor.ts";
import { judgeTime } from "./allowed-times.ts";
import { type Approval, type ApprovalStatus, isPending, requesterPersonId, statusText } from "./approval.ts";
import { type ApprovalPolicyRule, isQuorum, mayDecide, type Permission } from "./approval-policy.ts";
import { type EffectOnTarget, judgeLimits } from "./limits.ts";
import { timeToken } from "./time-text.ts";

/** What one decision does to a request. Refusals carry the sentence for the person who pressed. */
export type DecisionEffect =
	| { readonly kind: "moved"; readonly to: "partly_approved" | "approved" | "denied" }
	| { readonly kind: "refused"; readonly why: RefusalReason; readonly reason: string };

/** What passes by itself; only approving waits for it, denying never does. */
type Obstacle = { readonly why: "unchecked" | "held" | "out_of_hours"; readonly reason: string };

export type RefusalReason = "already_decided" | "expired" | "forbidden" | "repeated" | Obstacle["why"];

/** What there is besides a request that approving depends on. */
export type DecisionSurroundings = {
	/** What forbids effects now: a freeze, or planned maintenance. */
	readonly hold?: { readonly reason: string } | undefined;
	/** What was changed within the rule's cooldown and window, or is approved and not begun. */
	readonly effects?: readonly EffectOnTarget[];
};

/**
 * What stands in the way of approving a request at this moment, whoever presses: its checks, a freeze or maintenance,
 * the allowed times, cooldown and blast radius. The run is judged by the same once more. Pure.
 */
function obstacleNow(
	approval: Approval,
	rule: ApprovalPolicyRule | undefined,
	nowMs: number,
	{ hold, effects = [] }: DecisionSurroundings,
): Obstacle | undefined {
	if (approval.preflight?.state === "pending")
		return {
			why: "unchecked",
			reason: "This request is still being checked; decide when the checks are done.",
		};
	if (hold) return { why: "held", reason: hold.reason };
	if (!rule) return undefined;
	const inTime = judgeTime(rule, nowMs);
	if (!inTime.allowed) return { why: "out_of_hours", reason: inTime.reason };
	const { plan, id: approvalId } = approval;
	const limits = judgeLimits({ rule, plan, recent: effects, nowMs, approvalId });
	return limits.allowed ? undefined : { why: "held", reason: limits.reason };
}

/**
 * What a person is shown of a pending request: whether it is theirs to decide, and what keeps it from being approved for
 * now (denying is possible all the same). Pure.
 */
export function decisionView(
	approval: Approval,
	rule: ApprovalPolicyRule | undefined,
	person: Person,
	nowMs: number,
	surroundings: DecisionSurroundings,
): { readonly mayDecide: Permission; readonly held?: string } {
	const effect = judgeDecision(approval, rule, { person, verdict: "approve" }, nowMs, surroundings);
	if (effect.kind === "moved") return { mayDecide: { allowed: true } };
	return PASSING.includes(effect.why)
		? { mayDecide: { allowed: true }, held: effect.reason }
		: { mayDecide: { allowed: false, reason: effect.reason } };
}

const PASSING: readonly RefusalReason[] = ["unchecked", "held", "out_of_hours"];

/**
 * Judges one press of a button. Pure: the caller gives the current rule, the person's role as of now, what surrounds the
 * request and the database's clock, and commits the effect in one transaction. Where it stands is told to whoever comes too late, with by whom and when.
 */
export function judgeDecision(
	approval: Approval,
	rule: ApprovalPolicyRule | undefined,
	input: { readonly person: Person; readonly verdict: "approve" | "deny" },
	nowMs: number,
	surroundings: DecisionSurroundings = {},
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
	const obstacle = obstacleNow(approval, rule, nowMs, surroundings);
	if (obstacle) return refused(obstacle.why, obstacle.reason);
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
