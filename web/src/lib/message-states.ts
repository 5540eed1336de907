import type { ApprovalView, MessageState, Severity } from "../api/types.generated.ts";
import type { IconName } from "./icon-name.ts";

/** How a state looks: its shape, and the class of its colour. The word comes with the state. */
export type Look = { readonly icon: IconName; readonly tone: string; readonly word: string };

/** Every state a message can be in. */
export const STATE_LOOKS: Readonly<Record<MessageState, Look>> = {
	anomaly: { icon: "investigating", tone: "work", word: "Anomaly" },
	investigating: { icon: "investigating", tone: "work", word: "Investigating" },
	waiting: { icon: "waiting", tone: "work", word: "Waiting for approval" },
	running: { icon: "running", tone: "work", word: "Running" },
	verifying: { icon: "verifying", tone: "work", word: "Verifying" },
	resolved: { icon: "resolved", tone: "ok", word: "Resolved" },
	failed: { icon: "failed", tone: "critical", word: "Failed" },
	unknown: { icon: "unknown", tone: "unknown", word: "Outcome unknown" },
	rolled_back: { icon: "back", tone: "back", word: "Rolled back" },
	denied: { icon: "denied", tone: "mute", word: "Denied" },
	expired: { icon: "expired", tone: "mute", word: "Expired" },
	cancelled: { icon: "cancelled", tone: "mute", word: "Cancelled" },
	blind: { icon: "off", tone: "medium", word: "No data" },
	info: { icon: "info", tone: "mute", word: "Note" },
};

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
	low: "Low",
	medium: "Medium",
	high: "High",
	critical: "Critical",
};

const APPROVAL_STATES: Readonly<Record<ApprovalView["status"], MessageState>> = {
	proposed: "waiting",
	partly_approved: "waiting",
	approved: "running",
	executing: "running",
	verifying: "verifying",
	succeeded: "resolved",
	failed: "failed",
	rolled_back: "rolled_back",
	rollback_failed: "failed",
	denied: "denied",
	expired: "expired",
	cancelled: "cancelled",
	unknown: "unknown",
};

/** How a request's status looks, in words of its own where the state alone would say too little. */
export function approvalLook(approval: ApprovalView): Look {
	const look = STATE_LOOKS[APPROVAL_STATES[approval.status]];
	if (isPending(approval) && approval.preflight?.state === "pending")
		return { ...STATE_LOOKS.investigating, word: "Checking with AWS" };
	if (approval.status === "cancelled" && approval.checks.some(({ verdict }) => verdict === "fail"))
		return { ...look, word: "Stopped by a check" };
	if (approval.unchecked) return { ...STATE_LOOKS.info, word: "Done, not checked" };
	switch (approval.status) {
		case "partly_approved":
			return { ...look, word: `Waiting, ${approval.approved} of ${approval.quorum}` };
		case "approved":
			return { ...look, word: "Approved" };
		case "succeeded":
			return { ...look, word: "Verified" };
		case "rollback_failed":
			return { ...look, word: "Roll back failed" };
		default:
			return look;
	}
}

/** Whether people can still decide on a request. */
export function isPending(approval: ApprovalView): boolean {
	return approval.status === "proposed" || approval.status === "partly_approved";
}

/** Of requests that wait, those that the one who looks may decide. Pure. */
export function forYou(approvals: readonly ApprovalView[]): readonly ApprovalView[] {
	return approvals.filter((approval) => isPending(approval) && approval.mayDecide.allowed);
}
