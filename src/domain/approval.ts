import type { Actor, Person } from "./actor.ts";
import { type ApprovalPolicyRule, isQuorum, mayDecide } from "./approval-policy.ts";
import type { Plan, PlanCheck } from "./plan.ts";

/** Where a request stands. The last eight are ends; `unknown` waits for a human to look. */
export const APPROVAL_STATUSES = [
	"proposed",
	"partly_approved",
	"approved",
	"executing",
	"verifying",
	"succeeded",
	"failed",
	"rolled_back",
	"rollback_failed",
	"denied",
	"expired",
	"cancelled",
	"unknown",
] as const;
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];

/** One person's word on one request. */
export type Decision = {
	readonly person: Person;
	readonly verdict: "approve" | "deny";
	readonly reason?: string;
	readonly atMs: number;
};

/**
 * What was asked of AWS before anybody is asked. `pending`: no one may decide yet; `blocked`: the request ended with it.
 * A request without one needs no permission of AWS.
 */
export type Preflight = {
	readonly state: "pending" | "passed" | "blocked";
	readonly checks: readonly PlanCheck[];
	/** The policy statement that would allow what is missing, as JSON. */
	readonly statement?: string;
};

/** The decision process on one plan: who asked, who may decide, quorum, expiry. */
export type Approval = {
	readonly id: string;
	readonly status: ApprovalStatus;
	readonly incidentId?: string;
	readonly plan: Plan;
	readonly planHash: string;
	readonly requester: Actor;
	readonly rule: ApprovalPolicyRule;
	readonly createdAtMs: number;
	readonly expiresAtMs: number;
	readonly decisions: readonly Decision[];
	readonly preflight?: Preflight;
	/** Why it ended as it did, in a sentence. */
	readonly outcome?: string;
	readonly endedAtMs?: number;
	readonly version: number;
};

const NEXT: Readonly<Record<ApprovalStatus, readonly ApprovalStatus[]>> = {
	proposed: ["partly_approved", "approved", "denied", "expired", "cancelled"],
	partly_approved: ["approved", "denied", "expired", "cancelled"],
	approved: ["executing", "failed", "denied", "expired", "cancelled"],
	executing: ["verifying", "succeeded", "failed", "unknown"],
	verifying: ["succeeded", "failed", "rolled_back", "rollback_failed", "unknown"],
	unknown: ["succeeded", "failed"],
	succeeded: [],
	failed: [],
	rolled_back: [],
	rollback_failed: [],
	denied: [],
	expired: [],
	cancelled: [],
};

/** Whether a request may go from one state to another. */
export function canMove(from: ApprovalStatus, to: ApprovalStatus): boolean {
	return NEXT[from].includes(to);
}

/** A state in words: `rolled back`, `partly approved`. */
export function statusText(status: ApprovalStatus): string {
	return status === "unknown" ? "of unknown outcome" : status.replace("_", " ");
}

/** States that "is already" would not be said of. */
const STANDING: Readonly<Partial<Record<ApprovalStatus, string>>> = {
	proposed: "still waits for a decision",
	partly_approved: "still waits for one more person",
	executing: "is already being carried out",
	verifying: "has already been carried out and is being checked",
	succeeded: "has already succeeded",
	failed: "has already failed",
	rollback_failed: "has already failed, and so has its rollback",
	unknown: "has already been carried out, with an unknown outcome",
};

/** Where a request stands, as a sentence to whoever comes too late. */
function standingText(status: ApprovalStatus): string {
	return `This request ${STANDING[status] ?? `is already ${statusText(status)}`}.`;
}

/** Whether people can still decide. */
export function isPending(status: ApprovalStatus): boolean {
	return status === "proposed" || status === "partly_approved";
}

/** Whether nothing more will happen by itself. */
export function isEnded(status: ApprovalStatus): boolean {
	return NEXT[status].length === 0 || status === "unknown";
}

/** The people whose approval counts now: distinct, allowed by the rule as it is judged at this moment. */
export function countedApprovers(
	approval: Approval,
	rule: ApprovalPolicyRule | undefined,
	currentRole: (person: Person) => Person | undefined,
): readonly Person[] {
	const requester = requesterPersonId(approval);
	const counted = new Map<string, Person>();
	for (const decision of approval.decisions) {
		if (decision.verdict !== "approve") continue;
		const person = currentRole(decision.person);
		if (person && mayDecide(rule, person, requester).allowed) counted.set(person.id, person);
	}
	return [...counted.values()];
}

/** The person who asked, or undefined where the product itself did. */
function requesterPersonId(approval: Approval): string | undefined {
	const { requester } = approval;
	return requester.kind === "person" || requester.kind === "api-key" ? requester.person.id : undefined;
}

/** What one decision does to a request. Refusals carry the sentence for the person who pressed. */
export type DecisionEffect =
	| { readonly kind: "moved"; readonly to: "partly_approved" | "approved" | "denied" }
	| {
			readonly kind: "refused";
			readonly why: "already_decided" | "expired" | "forbidden" | "repeated";
			readonly reason: string;
	  };

/**
 * Judges one press of a button. Pure: the caller gives the current rule, the person's role as of now and the
 * database's clock, and commits the effect in one transaction.
 */
export function judgeDecision(
	approval: Approval,
	rule: ApprovalPolicyRule | undefined,
	input: { readonly person: Person; readonly verdict: "approve" | "deny" },
	nowMs: number,
): DecisionEffect {
	const last = approval.decisions.at(-1);
	if (approval.status === "expired" || (isPending(approval.status) && nowMs >= approval.expiresAtMs))
		return { kind: "refused", why: "expired", reason: "This request has expired; ask again for a new plan." };
	if (!isPending(approval.status)) {
		const who = last?.person.id === input.person.id ? "You" : last?.person.name;
		const by = who === undefined ? "" : ` ${who} decided it.`;
		return {
			kind: "refused",
			why: "already_decided",
			reason: `${standingText(approval.status)}${by}`,
		};
	}
	const permission = mayDecide(rule, input.person, requesterPersonId(approval));
	if (!permission.allowed) return { kind: "refused", why: "forbidden", reason: permission.reason };
	if (input.verdict === "deny") return { kind: "moved", to: "denied" };
	const already = approval.decisions.filter((decision) => decision.verdict === "approve");
	if (already.some((decision) => decision.person.id === input.person.id))
		return {
			kind: "refused",
			why: "repeated",
			reason: "Your approval is already counted; another person is needed.",
		};
	const distinct = new Set([...already.map((decision) => decision.person.id), input.person.id]);
	return { kind: "moved", to: isQuorum(rule, distinct.size) ? "approved" : "partly_approved" };
}
