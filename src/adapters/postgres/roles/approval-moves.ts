import type { ApprovalStatus } from "../../../domain/approval.ts";
import type { DatabaseRole } from "./database-role.ts";

type Moves = Readonly<Partial<Record<ApprovalStatus, readonly ApprovalStatus[]>>>;

/**
 * From which state to which each role may move a request; all together they are the moves there are. Staying as it is
 * stands for a new version: a decision that does not end the waiting, or what a check before the decision found.
 */
export const APPROVAL_MOVES: Readonly<Record<DatabaseRole, Moves>> = {
	ingress: {
		proposed: ["proposed", "partly_approved", "approved", "denied", "expired", "cancelled"],
		partly_approved: ["partly_approved", "approved", "denied", "expired", "cancelled"],
		approved: ["denied", "cancelled"],
		unknown: ["succeeded", "failed"],
	},
	agent: {
		proposed: ["expired", "cancelled"],
		partly_approved: ["expired", "cancelled"],
	},
	executor: {
		proposed: ["proposed", "cancelled"],
		partly_approved: ["partly_approved", "cancelled"],
		approved: ["executing", "failed", "expired", "cancelled"],
		executing: ["verifying", "succeeded", "failed", "unknown"],
		verifying: ["succeeded", "failed", "rolled_back", "rollback_failed", "unknown"],
	},
};
