/**
 * The points at which a test may kill the process, in the order of a request's life: what came in, the proposal, the
 * decision, the execution. docs/trust.md describes each.
 */
export const FAILPOINTS = [
	"inbox-verified",
	"inbox-committed",
	"delivery-acknowledged",
	"tool-called",
	"proposal-committed",
	"card-posted",
	"decision-verified",
	"decision-committed",
	"intent-committed",
	"call-sent",
	"reply-read",
	"result-stored",
	"verification-failed",
	"approval-ended",
] as const;
export type FailpointName = (typeof FAILPOINTS)[number];

/** Called where the process may die. Does nothing in production. */
export type Failpoint = (name: FailpointName) => void;

export const noFailpoint: Failpoint = () => {};
