import type { Severity } from "./severity.ts";

/** How an incident ended, in the order of the title's words. */
export type IncidentOutcome = "remediated" | "recovered" | "closed";

/**
 * A change of ours on the target of an incident: the request, and what was done. `inVain`: it ended as failed or with an
 * unknown outcome, so that it is never named as what an end came after.
 */
export type ChangeBefore = {
	readonly approvalId: string;
	readonly title: string;
	readonly inVain?: true;
};

/** One entry of an incident's timeline. */
export type TimelineEntry = {
	readonly atMs: number;
	readonly kind:
		| "seen"
		| "anomaly"
		| "severity"
		| "explained"
		| "proposed"
		| "decided"
		| "ran"
		| "verified"
		| "failed"
		| "ended"
		| "note";
	readonly text: string;
	readonly severity?: Severity;
	/** At the end: what we changed on the target meanwhile, though nothing showed that it helped. */
	readonly after?: ChangeBefore;
	/** A finding ended with its watch: that its value came back was not seen. */
	readonly unseen?: true;
};

/** Anomalies and alerts of one target that belong together, with one timeline and one living message. */
export type Incident = {
	readonly id: string;
	readonly target: string;
	readonly environment: string;
	/** `blind`: metrics stopped coming, so nothing can be said about the target. */
	readonly kind: "anomaly" | "blind";
	readonly status: "open" | "resolved";
	/** Only rises while the incident is open. */
	readonly severity: Severity;
	readonly title: string;
	/** Why, in text: what moved first, what did not. */
	readonly explanation: string;
	readonly openedAtMs: number;
	readonly resolvedAtMs?: number;
	readonly outcome?: IncidentOutcome;
	readonly timeline: readonly TimelineEntry[];
	/** Grows with every change; writers compare and swap on it. */
	readonly version: number;
};

const EARLIEST_KEPT = 20;
const ENTRIES_KEPT = 200;

/** A timeline with one more entry: of more than 200 the first 20 and the newest stay. */
export function withEntry(
	timeline: readonly TimelineEntry[],
	entry: TimelineEntry,
): readonly TimelineEntry[] {
	if (timeline.length < ENTRIES_KEPT) return [...timeline, entry];
	const newest = timeline.slice(EARLIEST_KEPT - ENTRIES_KEPT + 1);
	return [...timeline.slice(0, EARLIEST_KEPT), ...newest, entry];
}
