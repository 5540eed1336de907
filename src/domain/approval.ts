import type { Actor, Person } from "./actor.ts";
import { type ApprovalPolicyRule, mayDecide } from "./approval-policy.ts";
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

/** Whether people can still decide. */
export function isPending(status: ApprovalStatus): boolean {
	return status === "proposed" || status === "partly_approved";
}

/** Whether nothing more will happen by itself. */
export function isEnded(status: ApprovalStatus): boolean {
	return NEXT[status].length === 0 || status === "unknown";
}

/** Whether it was done and its plan has nothing by which anybody could tell that it helped. */
export function isUnchecked({ status, plan }: Pick<Approval, "status" | "plan">): boolean {
	const { verification, guards, doneIf } = plan;
	return status === "succeeded" && !verification && guards.length === 0 && doneIf === undefined;
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
export function requesterPersonId(approval: Pick<Approval, "requester">): string | undefined {
	const { requester } = approval;
	return requester.kind === "person" || requester.kind === "api-key" ? requester.person.id : undefined;
}
