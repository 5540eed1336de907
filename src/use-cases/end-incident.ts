import type { Alert } from "../domain/alert.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import { type Approval, isEnded, isPending } from "../domain/approval.ts";
import { afterChange } from "../domain/came-back-after.ts";
import { type ChangeBefore, type Incident, type IncidentOutcome, withEntry } from "../domain/incident.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Store, Stores } from "../ports/store.ts";
import { alertsText } from "./describe-alert.ts";
import { lastChange } from "./last-change.ts";

/** Whether an incident is over, and if so how; if not, what it waits for. */
export type EndJudgement =
	| { readonly ended: true; readonly outcome: IncidentOutcome }
	| { readonly ended: false; readonly reason: string };

/** An incident is over when every finding is closed, no alert fires and nothing is running for it. `unseen`: a finding ended with its watch. Pure. */
export function judgeEnd(
	anomalies: readonly Anomaly[],
	approvals: readonly Approval[],
	alerts: readonly Alert[] = [],
	unseen = false,
): EndJudgement {
	const open = anomalies.filter((anomaly) => anomaly.closedAtMs === undefined);
	if (open.length > 0)
		return {
			ended: false,
			reason: `${open.length === 1 ? "1 finding is" : `${open.length} findings are`} still open`,
		};
	const firing = alerts.filter((alert) => alert.resolvedAtMs === undefined);
	if (firing.length > 0)
		return {
			ended: false,
			reason: firing.length === 1 ? "1 alert still fires" : `${firing.length} alerts still fire`,
		};
	const running = approvals.find((approval) => !isEnded(approval.status) && !isPending(approval.status));
	if (running) return { ended: false, reason: `${running.id} is ${running.status}` };
	const helped = approvals.some((approval) => endedIt(approval, anomalies));
	return { ended: true, outcome: helped ? "remediated" : unseen ? "closed" : "recovered" };
}

const HELPED_WITHIN_MS = 300_000;

/** Whether a change may be said to have ended the incident: it was verified by one of its metrics, and near its end. */
function endedIt(approval: Approval, anomalies: readonly Anomaly[]): boolean {
	const own = anomalies.filter((anomaly) => anomaly.watch === approval.plan.verification?.watch);
	const lastClosedMs = Math.max(...anomalies.map((anomaly) => anomaly.closedAtMs ?? 0));
	return (
		approval.status === "succeeded" &&
		own.length > 0 &&
		Math.abs(lastClosedMs - (approval.endedAtMs ?? 0)) <= HELPED_WITHIN_MS
	);
}

export type EndIncidentDeps = { readonly store: Store; readonly jobs: Pick<JobQueue, "nudge"> };

/**
 * Resolves an incident if it is over; requests still waiting are cancelled, for there is nothing left to remedy.
 * Idempotent. Returns whether it is resolved now.
 */
export async function endIncidentIfOver(deps: EndIncidentDeps, incidentId: string): Promise<boolean> {
	const resolved = await deps.store.transaction(async (stores) => {
		// Requests before the incident: a decision locks in this order, and two orders would wait for each other.
		await lockUndecided(stores, incidentId);
		const incident = await stores.incidents.getForUpdate(incidentId);
		if (!incident || incident.status === "resolved") return incident !== undefined;
		// A blind incident has no findings: it ends when values come again.
		if (incident.kind === "blind") return false;
		const anomalies = await stores.anomalies.ofIncident(incidentId);
		const alerts = await stores.alerts.ofIncident(incidentId);
		const approvals = await lockUndecided(stores, incidentId);
		const unseen = incident.timeline.findLast((entry) => entry.unseen);
		const judgement = judgeEnd(anomalies, approvals, alerts, unseen !== undefined);
		if (!judgement.ended) return false;
		const nowMs = await stores.now();
		const helped = judgement.outcome === "remediated";
		const gone = judgement.outcome === "closed" ? unseen?.text : undefined;
		const change = helped || gone ? undefined : await lastChange(stores, incident, approvals);
		const how = helped ? " after a remediation" : howItCame(change);
		for (const approval of approvals.filter((item) => isPending(item.status))) {
			const came = gone ?? `The metric came back${how} before anybody decided`;
			const outcome = `${came}; ${change || helped || gone ? "this request changed nothing" : "nothing was changed"}.`;
			const end = { outcome, endedAtMs: nowMs };
			if (!(await stores.approvals.move(approval.id, approval.status, "cancelled", end))) continue;
			await stores.audit.append({
				action: "approval.cancelled",
				actorId: "agent:detection",
				actorName: "detection",
				subject: `approval:${approval.id}`,
				summary: outcome,
				data: { incident: incidentId },
			});
			await stores.announce({ kind: "approval", id: approval.id });
		}
		// What alerts alone had opened was told in the present tense.
		const explanation = anomalies.length === 0 ? alertsText(alerts) : "";
		const told = explanation === "" ? incident : { ...incident, explanation };
		const words = gone === undefined ? {} : { words: "Closed; that it came back was not seen" };
		await stores.incidents.save(resolve(told, judgement.outcome, nowMs, { after: change, ...words }));
		await stores.audit.append({
			action: "incident.resolved",
			actorId: "agent:detection",
			actorName: "detection",
			subject: `incident:${incidentId}`,
			summary: `${incidentId} is over: ${judgement.outcome}${change ? how : ""}`,
			data: { outcome: judgement.outcome, ...(change && !change.inVain ? { after: change.approvalId } : {}) },
		});
		await stores.enqueue("publish-incident", { incidentId });
		await stores.announce({ kind: "incident", id: incidentId });
		return true;
	});
	if (resolved) deps.jobs.nudge("publish-incident");
	return resolved;
}

/** How the values came back, as it follows that; empty where a change was made that is not known to have helped. */
function howItCame(change: ChangeBefore | undefined): string {
	if (!change) return " by itself";
	return change.inVain ? "" : ` ${afterChange(change)}`;
}

/** The requests of an incident; those that people can still decide on stay as they are until the commit. */
async function lockUndecided(stores: Stores, incidentId: string): Promise<readonly Approval[]> {
	const { items } = await stores.approvals.list({ incidentId }, { limit: 50 });
	const approvals: Approval[] = [];
	for (const item of items) {
		const locked = isPending(item.status) ? await stores.approvals.getForUpdate(item.id) : undefined;
		approvals.push(locked ?? item);
	}
	return approvals;
}

/**
 * The incident as it ends: resolved, with the last entry of its timeline, in these words or its outcome's. `after`: what
 * we changed on its target meanwhile.
 */
export function resolve(
	incident: Incident,
	outcome: IncidentOutcome,
	nowMs: number,
	{ words, after }: { readonly words?: string; readonly after?: ChangeBefore | undefined } = {},
): Incident {
	const text: Readonly<Record<IncidentOutcome, string>> = {
		remediated: "Back to normal after the remediation",
		recovered: `Came back${howItCame(after)}`,
		closed: "Closed by a person",
	};
	return {
		...incident,
		status: "resolved",
		resolvedAtMs: nowMs,
		outcome,
		timeline: withEntry(incident.timeline, {
			atMs: nowMs,
			kind: "ended",
			text: words ?? text[outcome],
			...(after ? { after } : {}),
		}),
	};
}
