import { actorName } from "../domain/actor.ts";
import { type Approval, isUnchecked } from "../domain/approval.ts";
import type { Execution } from "../domain/execution.ts";
import type { Incident, TimelineEntry } from "../domain/incident.ts";

/** A request of an incident with its run. */
export type TimelineRequest = { readonly approval: Approval; readonly execution?: Execution };

/** All that happened in an incident, oldest first: what was found, asked, decided, done and verified. Pure. */
export function incidentTimeline(
	incident: Incident,
	requests: readonly TimelineRequest[],
): readonly TimelineEntry[] {
	const entries = [...incident.timeline, ...requests.flatMap(requestEntries)];
	return entries.toSorted((a, b) => a.atMs - b.atMs);
}

function requestEntries({ approval, execution }: TimelineRequest): TimelineEntry[] {
	const { plan, requester, decisions, status, outcome, endedAtMs } = approval;
	const entries: TimelineEntry[] = [
		{
			atMs: approval.createdAtMs,
			kind: "proposed",
			text: `${plan.title} (${approval.id}), asked by ${actorName(requester)}`,
		},
		...decisions.map((decision): TimelineEntry => {
			const word = decision.verdict === "approve" ? "approved" : "denied";
			const reason = decision.reason ? `: ${decision.reason}` : "";
			return { atMs: decision.atMs, kind: "decided", text: `${decision.person.name} ${word}${reason}` };
		}),
	];
	if (execution?.result && execution.finishedAtMs !== undefined)
		entries.push({ atMs: execution.finishedAtMs, kind: "ran", text: execution.result });
	// The result of the run is told above; only a person's word says more.
	if (isUnchecked(approval) && endedAtMs !== undefined && outcome === execution?.result)
		entries.push({ atMs: endedAtMs, kind: "note", text: "Done, not checked" });
	else if (outcome && endedAtMs !== undefined && status !== "denied")
		entries.push({
			atMs: endedAtMs,
			kind: isUnchecked(approval) ? "note" : kindOfEnd(status),
			text: outcome,
		});
	return entries;
}

function kindOfEnd(status: Approval["status"]): TimelineEntry["kind"] {
	if (status === "succeeded") return "verified";
	return status === "failed" || status === "rollback_failed" || status === "unknown" ? "failed" : "note";
}
