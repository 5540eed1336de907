/** The points of an approval's life at which a test may kill the process; see docs/architecture.md. */
export type FailpointName =
	| "decision-verified"
	| "decision-committed"
	| "intent-committed"
	| "call-sent"
	| "reply-read"
	| "result-stored"
	| "verification-failed"
	| "approval-ended";

/** Called where the process may die. Does nothing in production. */
export type Failpoint = (name: FailpointName) => void;

export const noFailpoint: Failpoint = () => {};
