import type { z } from "zod";
import type { Approval } from "../../src/domain/approval.ts";
import type { Incident } from "../../src/domain/incident.ts";
import { incidentState } from "../../src/use-cases/incident-state.ts";
import { incidentTimeline } from "../../src/use-cases/incident-timeline.ts";
import { anomalyView } from "./anomaly-view.ts";
import type { IncidentSummary, IncidentView } from "./api-schema.ts";
import { approvalViews } from "./approval-view.ts";
import type { PersonActor } from "./identify-caller.ts";
import { isoTime, optionalTime } from "./iso-time.ts";
import type { RestDeps } from "./rest-deps.ts";

const MAXIMUM_APPROVALS = 50;

/** An incident in a list, with its anomalies and approvals as the one who asks sees them. */
export async function incidentSummary(
	deps: RestDeps,
	actor: PersonActor,
	incident: Incident,
): Promise<z.input<typeof IncidentSummary>> {
	const [anomalies, approvals] = await Promise.all([
		deps.store.anomalies.ofIncident(incident.id),
		deps.store.approvals.list({ incidentId: incident.id }, { limit: MAXIMUM_APPROVALS }),
	]);
	return summaryOf(incident, approvals.items[0], {
		anomalies: anomalies.map((anomaly) => anomalyView(deps.board, anomaly)),
		approvals: await approvalViews(deps, actor, approvals.items),
	});
}

function summaryOf(
	incident: Incident,
	newest: Approval | undefined,
	parts: Pick<z.input<typeof IncidentSummary>, "anomalies" | "approvals">,
): z.input<typeof IncidentSummary> {
	return {
		id: incident.id,
		target: incident.target,
		environment: incident.environment,
		kind: incident.kind,
		status: incident.status,
		state: incidentState(incident, newest && { approval: newest }),
		severity: incident.severity,
		title: incident.title,
		openedAt: isoTime(incident.openedAtMs),
		...optionalTime("resolvedAt", incident.resolvedAtMs),
		...(incident.outcome ? { outcome: incident.outcome } : {}),
		...parts,
	};
}

/** An incident with its timeline and its living message. */
export async function incidentView(
	deps: RestDeps,
	actor: PersonActor,
	incident: Incident,
): Promise<z.input<typeof IncidentView>> {
	const [summary, message, timeline] = await Promise.all([
		incidentSummary(deps, actor, incident),
		deps.useCases.incidentMessage(incident.id),
		readTimeline(deps, incident),
	]);
	return {
		...summary,
		explanation: incident.explanation,
		timeline: timeline.map((entry) => ({
			at: isoTime(entry.atMs),
			kind: entry.kind,
			text: entry.text,
			...(entry.severity ? { severity: entry.severity } : {}),
		})),
		message: deps.renderMessage(message),
	};
}

async function readTimeline(deps: RestDeps, incident: Incident) {
	const { items } = await deps.store.approvals.list(
		{ incidentId: incident.id },
		{ limit: MAXIMUM_APPROVALS },
	);
	const requests = await Promise.all(
		items.map(async (approval) => {
			const execution = await deps.store.executions.ofApproval(approval.id);
			return { approval, ...(execution ? { execution } : {}) };
		}),
	);
	return incidentTimeline(incident, requests);
}
