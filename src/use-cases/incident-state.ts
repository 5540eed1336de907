import { type Approval, isUnchecked } from "../domain/approval.ts";
import { endedByItself } from "../domain/came-back-after.ts";
import type { LoopStep, MessageState } from "../domain/chat-message.ts";
import type { Execution } from "../domain/execution.ts";
import type { Incident, TimelineEntry } from "../domain/incident.ts";
import { timeToken } from "../domain/time-text.ts";
import { isBlocked, isChecking, isCheckLate } from "./request-checks.ts";

/** The newest request of an incident with its run. */
export type Request = { readonly approval: Approval; readonly execution?: Execution };

/** The state a card shows: a kind with its look, and the words. */
export type CardState = { readonly kind: MessageState; readonly text: string };

/** The words for where a request stands at `nowMs`, by which a check that takes too long is told. */
export function requestState(approval: Approval, nowMs = 0): CardState {
	if (isCheckLate(approval, nowMs)) return { kind: "blind", text: "AWS could not be asked yet" };
	if (isChecking(approval)) return { kind: "investigating", text: "Checking with AWS" };
	if (isBlocked(approval)) return { kind: "cancelled", text: "Stopped by a check" };
	const approved = approval.decisions.filter((decision) => decision.verdict === "approve").length;
	if (isUnchecked(approval)) return { kind: "info", text: "Done, not checked" };
	switch (approval.status) {
		case "proposed":
		case "partly_approved":
			return { kind: "waiting", text: `Waiting for approval, ${approved} of ${approval.rule.quorum}` };
		case "approved":
			return { kind: "running", text: "Approved, about to run" };
		case "executing":
			return { kind: "running", text: "Running" };
		case "verifying":
			return { kind: "verifying", text: "Checking that it helped" };
		case "succeeded":
			return { kind: "resolved", text: "Verified" };
		case "failed":
			return { kind: "failed", text: "Failed" };
		case "rolled_back":
			return { kind: "rolled_back", text: "Rolled back" };
		case "rollback_failed":
			return { kind: "failed", text: "Rollback failed" };
		case "unknown":
			return { kind: "unknown", text: "Outcome unknown" };
		case "denied":
			return { kind: "denied", text: "Denied" };
		case "expired":
			return { kind: "expired", text: "Expired" };
		case "cancelled":
			return { kind: "cancelled", text: "Cancelled" };
	}
}

/** Whether the change of a request was made, or may have been: then nobody can say that all came back by itself. */
export function mayHaveRun(request: Request | undefined): boolean {
	return request?.execution !== undefined && request.execution.status !== "failed";
}

/** The state of an incident's living message. */
export function incidentState(incident: Incident, request: Request | undefined, nowMs = 0): CardState {
	if (incident.status === "resolved" && incident.outcome === "closed")
		return { kind: "info", text: "Closed" };
	if (incident.status === "resolved") {
		const byItself = incident.kind === "anomaly" && endedByItself(incident) && !mayHaveRun(request);
		return { kind: "resolved", text: byItself ? "Recovered by itself" : "Resolved" };
	}
	if (request) return requestState(request.approval, nowMs);
	if (incident.kind === "blind") return { kind: "blind", text: "No data" };
	const explained = incident.timeline.some((entry) => entry.kind === "explained");
	return explained
		? { kind: "anomaly", text: "Anomaly" }
		: { kind: "investigating", text: "Looking for what moved first" };
}

/** From the first sign of an incident until it was found to be over; undefined while it is open. */
export function lastedSpan({
	timeline,
	openedAtMs,
	resolvedAtMs,
}: Incident): { readonly fromMs: number; readonly untilMs: number } | undefined {
	if (resolvedAtMs === undefined) return undefined;
	return { fromMs: timeline[0]?.atMs ?? openedAtMs, untilMs: resolvedAtMs };
}

/**
 * The loop rail: Seen, Explained, Proposed, Approved, Ran, Verified, as far as it came; Not checked where nothing was. `mayPropose`: whether something
 * can be proposed here; where nothing can and nothing was, the rail ends at Explained.
 */
export function loopOf(
	incident: Incident | undefined,
	request: Request | undefined,
	mayPropose = true,
): LoopStep[] {
	const at = (kind: TimelineEntry["kind"]) => incident?.timeline.find((entry) => entry.kind === kind)?.atMs;
	const approval = request?.approval;
	const execution = request?.execution;
	const approvals = approval?.decisions.filter((decision) => decision.verdict === "approve") ?? [];
	const past =
		approval !== undefined &&
		[
			"approved",
			"executing",
			"verifying",
			"succeeded",
			"failed",
			"rolled_back",
			"rollback_failed",
			"unknown",
		].includes(approval.status);
	const done = (name: string, atMs: number | undefined): LoopStep =>
		atMs === undefined ? { name, state: "ahead" } : { name, note: timeToken(atMs), state: "done" };
	const steps: LoopStep[] = incident ? [done("Seen", at("seen")), done("Explained", at("explained"))] : [];
	if (!approval && !mayPropose) {
		// Nobody explains why metrics stopped coming: the incident says so itself.
		const reached = incident?.kind === "blind" ? steps.slice(0, 1) : steps;
		return finish(reached, undefined, incident?.status === "resolved");
	}
	steps.push(done("Proposed", approval?.createdAtMs));
	steps.push(
		past && approvals.length > 0
			? {
					name: "Approved",
					note: timeToken(approvals.at(-1)?.atMs ?? 0),
					state: "done",
				}
			: {
					name: "Approved",
					...(approval ? { note: `${approvals.length} of ${approval.rule.quorum}` } : {}),
					state: "ahead",
				},
	);
	steps.push(done("Ran", execution?.status === "called" ? execution.finishedAtMs : undefined));
	steps.push({ name: "Verified", state: "ahead" });
	return finish(steps, approval, incident?.status === "resolved" && !past);
}

type End = { readonly step: string; readonly name: string; readonly state: LoopStep["state"] };

const UNCHECKED: End = { step: "Verified", name: "Not checked", state: "ahead" };
const ENDS: Partial<Record<Approval["status"], End>> = {
	succeeded: { step: "Verified", name: "Verified", state: "ended" },
	failed: { step: "Verified", name: "Failed", state: "failed" },
	rolled_back: { step: "Verified", name: "Back", state: "back" },
	rollback_failed: { step: "Verified", name: "Failed", state: "failed" },
	unknown: { step: "Ran", name: "Unknown", state: "unknown" },
	denied: { step: "Approved", name: "Denied", state: "ahead" },
	expired: { step: "Approved", name: "Expired", state: "ahead" },
	cancelled: { step: "Approved", name: "Cancelled", state: "ahead" },
};

/** Marks where the loop is now, or where and how it stopped. */
function finish(steps: LoopStep[], approval: Approval | undefined, recovered: boolean): LoopStep[] {
	const end = approval && (isUnchecked(approval) ? UNCHECKED : ENDS[approval.status]);
	if (end) {
		const ranFirst =
			approval.status === "failed" && steps.find((step) => step.name === "Ran")?.state !== "done";
		const at = ranFirst ? "Ran" : end.step;
		const note = approval.endedAtMs === undefined ? {} : { note: timeToken(approval.endedAtMs) };
		const name = isBlocked(approval) ? "Not asked" : end.name;
		return steps.map((step) => (step.name === at ? { name, ...note, state: end.state } : step));
	}
	if (recovered) return steps;
	const next = steps.findIndex((step) => step.state === "ahead");
	return steps.map((step, index) => (index === next ? { ...step, state: "now" } : step));
}
