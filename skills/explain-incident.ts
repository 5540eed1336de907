import { z } from "zod";
import type { Anomaly } from "../src/domain/anomaly.ts";
import { AppError, toAppError } from "../src/domain/errors.ts";
import type { Incident } from "../src/domain/incident.ts";
import type { Clock } from "../src/ports/clock.ts";
import type { IncidentExplainer } from "../src/ports/incident-explainer.ts";
import type { Logger } from "../src/ports/logger.ts";
import { defineSkill, type SkillDeps } from "./define-skill.ts";
import { type Explanation, explainIncident } from "./explain/explain-incident.ts";

/** Reads an incident and what belongs to it, then explains it. @throws AppError `not_found` */
async function explainStoredIncident(
	deps: Pick<SkillDeps, "stores" | "watches" | "metrics" | "board">,
	incidentId: string,
	nowMs: number,
): Promise<{
	readonly incident: Incident;
	readonly anomalies: readonly Anomaly[];
	readonly explanation: Explanation;
}> {
	const incident = await deps.stores.incidents.get(incidentId);
	if (!incident) throw new AppError("not_found", `There is no incident ${incidentId}.`);
	const anomalies = await deps.stores.anomalies.ofIncident(incidentId);
	const alerts = await deps.stores.alerts.ofIncident(incidentId);
	const ran = await deps.stores.approvals.list(
		{ target: incident.target, status: ["executing", "verifying", "succeeded", "failed", "unknown"] },
		{ limit: 20 },
	);
	const sources = {
		incident,
		anomalies,
		alerts,
		watches: deps.watches(),
		metrics: deps.metrics,
		board: deps.board,
		nowMs,
		ran: ran.items,
	};
	const earlierHelped = await countEarlier(deps, incident, anomalies);
	return { incident, anomalies, explanation: await explainIncident({ ...sources, earlierHelped }) };
}

/** Earlier incidents of this target that a remediation ended, and in which the same watch had a finding; 20 are read. */
async function countEarlier(
	{ stores }: Pick<SkillDeps, "stores">,
	incident: Incident,
	anomalies: readonly Anomaly[],
): Promise<number> {
	const watches = new Set(anomalies.map((anomaly) => anomaly.watch));
	const page = await stores.incidents.list({ status: "resolved" }, { limit: 200 });
	const helped = page.items
		.filter((one) => one.target === incident.target && one.outcome === "remediated" && one.id !== incident.id)
		.slice(0, 20);
	const alike = await Promise.all(
		helped.map(async (one) =>
			(await stores.anomalies.ofIncident(one.id)).some((found) => watches.has(found.watch)),
		),
	);
	return alike.filter(Boolean).length;
}

/** The explainer that fills an incident's card. Never throws: what could not be read is said. */
export function createIncidentExplainer(
	deps: Pick<SkillDeps, "stores" | "watches" | "metrics" | "board"> & {
		readonly clock: Clock;
		readonly logger: Logger;
	},
): IncidentExplainer {
	return {
		explain: async (incidentId) => {
			try {
				const { explanation } = await explainStoredIncident(deps, incidentId, deps.clock.now());
				return { text: explanation.text, queries: explanation.queries };
			} catch (error) {
				const failure = toAppError(error);
				deps.logger.warn("an incident could not be explained", { incident: incidentId, error: failure });
				return { text: `The cause is not known. ${failure.message}`, queries: [] };
			}
		},
	};
}

/** Why an incident happened. */
export const explainIncidentSkill = defineSkill({
	name: "explain-incident",
	description:
		"Explains an incident: what moved first, by how much, what else moved and what did not, what changed before; without a finding, what its alerts say.",
	input: z.strictObject({ incidentId: z.string().min(1).max(40) }),
	hints: { reads: true, proposes: false, bounded: { queries: 9, items: 10 } },
	run: async (deps, { nowMs }, { incidentId }) => await explainStoredIncident(deps, incidentId, nowMs),
});
