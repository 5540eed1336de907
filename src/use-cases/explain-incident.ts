import type { Actor } from "../domain/actor.ts";
import { toAppError } from "../domain/errors.ts";
import { withEntry } from "../domain/incident.ts";
import type { Watch } from "../domain/watch.ts";
import type { IncidentExplainer } from "../ports/incident-explainer.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import { suggestRemediation } from "./propose-for-incident.ts";
import type { ProposalInput } from "./propose-remediation.ts";

const AGENT: Actor = { kind: "agent", name: "detection" };

export type ExplainIncidentDeps = {
	readonly store: Store;
	readonly explainer: IncidentExplainer;
	readonly watches: readonly Watch[];
	readonly logger: Logger;
	propose(actor: Actor, input: ProposalInput): Promise<unknown>;
};

/**
 * Says why an incident happened, then asks for the remediation its watches name, if there is one and it was not asked
 * for before. Idempotent: a second run explains again and proposes nothing new.
 */
export async function explainIncident(deps: ExplainIncidentDeps, incidentId: string): Promise<void> {
	const { text } = await deps.explainer.explain(incidentId);
	const incident = await deps.store.transaction(async (stores) => {
		const current = await stores.incidents.getForUpdate(incidentId);
		if (!current || current.status === "resolved") return undefined;
		const explained = current.timeline.some((entry) => entry.kind === "explained");
		const atMs = await stores.now();
		const timeline = explained
			? current.timeline
			: withEntry(current.timeline, { atMs, kind: "explained", text });
		const saved = await stores.incidents.save({
			...current,
			explanation: text || current.explanation,
			timeline,
		});
		await stores.enqueue("publish-incident", { incidentId }, { singleton: incidentId });
		await stores.announce({ kind: "incident", id: incidentId });
		return saved;
	});
	if (!incident) return;
	const anomalies = await deps.store.anomalies.ofIncident(incidentId);
	const approvals = await deps.store.approvals.list({ incidentId }, { limit: 50 });
	const suggestion = suggestRemediation(anomalies, deps.watches, approvals.items);
	if ("none" in suggestion) {
		deps.logger.debug("nothing is proposed", { incident: incidentId, why: suggestion.none });
		return;
	}
	try {
		await deps.propose(AGENT, { ...suggestion, incidentId });
	} catch (error) {
		const refusal = toAppError(error);
		if (refusal.code === "unavailable" || refusal.code === "internal") throw refusal;
		deps.logger.info("a remediation could not be proposed", { incident: incidentId, error: refusal });
	}
}
