import { AppError } from "../domain/errors.ts";
import type { Incident } from "../domain/incident.ts";
import type { Labels } from "../domain/time-series.ts";
import type { Stores } from "../ports/store.ts";
import type { Request } from "./incident-state.ts";
import type { IncidentStory } from "./incident-thread.ts";

const NEWEST_REQUESTS = 5;

type StoryStores = Pick<Stores, "incidents" | "anomalies" | "alerts" | "approvals" | "executions">;

/** What an incident's thread is written from, and the labels its route is found by. AppError `not_found`. */
export async function readStory(
	stores: StoryStores,
	incidentId: string,
): Promise<IncidentStory & { readonly labels: Labels }> {
	const incident = await stores.incidents.get(incidentId);
	if (!incident) throw new AppError("not_found", `There is no incident ${incidentId}.`);
	const anomalies = await stores.anomalies.ofIncident(incidentId);
	const alerts = await stores.alerts.ofIncident(incidentId);
	const { items } = await stores.approvals.list({ incidentId }, { limit: NEWEST_REQUESTS });
	const requests: Request[] = [];
	for (const approval of items) {
		const execution = await stores.executions.ofApproval(approval.id);
		requests.push({ approval, ...(execution ? { execution } : {}) });
	}
	const oldestFirst = anomalies.toSorted((a, b) => a.openedAtMs - b.openedAtMs);
	return {
		incident,
		requests,
		evidence: oldestFirst.map(({ query, watch }) => ({ query, purpose: `watch ${watch}` })),
		labels: incidentLabels(incident, [...oldestFirst, ...alerts]),
	};
}

/**
 * The labels an incident is routed by: those of its findings and alerts, of which the first has the word, under its own
 * target and environment. So a finding that joins later does not move the incident elsewhere. Pure.
 */
export function incidentLabels(
	{ target, environment }: Pick<Incident, "target" | "environment">,
	findings: readonly { readonly labels: Labels }[],
): Labels {
	const labels = findings.toReversed().map((finding) => finding.labels);
	return { ...Object.assign({}, ...labels), target, environment };
}
