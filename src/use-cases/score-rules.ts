import type { Anomaly } from "../domain/anomaly.ts";
import type { Approval } from "../domain/approval.ts";
import type { Incident } from "../domain/incident.ts";
import { type RuleRun, scoreRun } from "../domain/rule-run.ts";
import type { Store } from "../ports/store.ts";

/** Scores what standing rules said by what people did since, where that is known by now. Idempotent. */
export async function scoreRules({ store }: { readonly store: Store }): Promise<void> {
	const nowMs = await store.now();
	for (const run of await store.rules.unscored()) {
		const incident = await store.incidents.get(run.incidentId);
		if (incident?.status !== "resolved") continue;
		const approvals = await requestsAbout(store, run);
		const score = scoreRun(run, incident, approvals, await laterFindings(store, run, incident), nowMs);
		if (score) await store.rules.score(run.id, score);
	}
}

/** Requests about the target or the incident that were made by the time the rule spoke, or later. */
async function requestsAbout(store: Store, run: RuleRun): Promise<readonly Approval[]> {
	const page = { limit: 200 };
	const ofIncident = await store.approvals.list({ incidentId: run.incidentId }, page);
	const ofTarget = await store.approvals.list({ target: run.target, sinceMs: run.atMs }, page);
	const known = new Map([...ofIncident.items, ...ofTarget.items].map((approval) => [approval.id, approval]));
	return [...known.values()];
}

/** What the watch that the rule spoke of found on the same target in incidents that opened since. */
async function laterFindings(store: Store, run: RuleRun, incident: Incident): Promise<readonly Anomaly[]> {
	const own = (await store.anomalies.ofIncident(incident.id)).find(({ id }) => id === run.anomalyId);
	if (!own) return [];
	const sinceMs = incident.resolvedAtMs ?? incident.openedAtMs;
	const { items } = await store.incidents.list({ sinceMs }, { limit: 200 });
	const later = items.filter(
		({ id, environment, openedAtMs }) =>
			id !== incident.id && environment === incident.environment && openedAtMs >= sinceMs,
	);
	const found = await Promise.all(later.map(({ id }) => store.anomalies.ofIncident(id)));
	return found.flat().filter(({ watch, target }) => watch === own.watch && target === run.target);
}
