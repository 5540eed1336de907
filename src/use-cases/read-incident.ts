import { judgesTargets } from "../../models/target/judges-targets.ts";
import type { Alert } from "../domain/alert.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import { isUnchecked } from "../domain/approval.ts";
import type { Chart } from "../domain/chart.ts";
import type { ChatMessage, QueryTrace } from "../domain/chat-message.ts";
import { AppError } from "../domain/errors.ts";
import type { Execution } from "../domain/execution.ts";
import type { Incident } from "../domain/incident.ts";
import type { Watch } from "../domain/watch.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import type { WatchBoard } from "../ports/watch-board.ts";
import { leadingAlerts } from "./describe-alert.ts";
import { type IncidentChartDeps, type IncidentChartInput, readIncidentChart } from "./incident-chart.ts";
import { incidentMessage } from "./incident-message.ts";
import type { Request } from "./incident-state.ts";
import { drawUpTargetChart } from "./target-chart.ts";

export type ReadIncidentDeps = IncidentChartDeps & {
	readonly store: Store;
	/** Has the scores of whole targets, which no query gives. */
	readonly board: Pick<WatchBoard, "reading">;
	readonly watches: readonly Watch[];
	readonly logger: Logger;
};

/** An incident with all its card is made of. */
export type IncidentFile = {
	readonly incident: Incident;
	/** The finding the card leads with comes first. */
	readonly anomalies: readonly Anomaly[];
	/** Those that fire come first. */
	readonly alerts: readonly Alert[];
	readonly request?: Request;
	readonly chart?: Chart;
	readonly message: ChatMessage;
};

/**
 * Reads an incident, draws up its chart and its living message. `windowMs`: how far back the chart shows; by default
 * what led up to the incident. AppError `not_found`.
 */
export async function readIncident(
	deps: ReadIncidentDeps,
	incidentId: string,
	windowMs?: number,
): Promise<IncidentFile> {
	const incident = await deps.store.incidents.get(incidentId);
	if (!incident) throw new AppError("not_found", `There is no incident ${incidentId}.`);
	const anomalies = (await deps.store.anomalies.ofIncident(incidentId)).toSorted(leadFirst);
	const alerts = leadingAlerts(await deps.store.alerts.ofIncident(incidentId));
	const { items } = await deps.store.approvals.list({ incidentId }, { limit: 1 });
	const approval = items[0];
	const execution = approval && (await deps.store.executions.ofApproval(approval.id));
	const request = approval && { approval, ...(execution ? { execution } : {}) };
	const nowMs = await deps.store.now();
	const chart = await chartOf(deps, incident, anomalies, request, nowMs, windowMs);
	const queries: QueryTrace[] = anomalies.slice(0, 5).map((anomaly, index) => ({
		id: `q${index + 1}`,
		query: anomaly.query,
		purpose: `watch ${anomaly.watch}`,
		span: "now",
	}));
	const message = incidentMessage({
		incident,
		anomalies,
		alerts,
		watches: deps.watches,
		...(request ? { request } : {}),
		...(chart ? { chart } : {}),
		queries,
		nowMs,
	});
	return {
		incident,
		anomalies,
		alerts,
		...(request ? { request } : {}),
		...(chart ? { chart } : {}),
		message,
	};
}

/** The chart of an incident over the newest `windowMs`. AppError `not_found`, also where it has none. */
export async function readIncidentWindow(
	deps: ReadIncidentDeps,
	incidentId: string,
	windowMs: number,
): Promise<Chart> {
	const { chart } = await readIncident(deps, incidentId, windowMs);
	if (chart) return chart;
	throw new AppError("not_found", `${incidentId} has no chart: no metric left its band.`);
}

async function chartOf(
	deps: ReadIncidentDeps,
	incident: Incident,
	anomalies: readonly Anomaly[],
	request: Request | undefined,
	nowMs: number,
	windowMs: number | undefined,
): Promise<Chart | undefined> {
	const anomaly = anomalies[0];
	const watch = anomaly && deps.watches.find((item) => item.name === anomaly.watch);
	if (!anomaly || !watch) return undefined;
	const { approval, execution } = request ?? {};
	try {
		return await drawChart(deps, {
			watch,
			anomaly,
			nowMs,
			...(execution?.status === "called"
				? {
						execution:
							approval?.plan.verification?.watch === watch.name ? execution : withoutBefore(execution),
					}
				: {}),
			...(approval ? { doneLabel: approval.plan.doneLabel } : {}),
			...(approval?.status === "succeeded" && !isUnchecked(approval) && approval.endedAtMs
				? { verifiedAtMs: approval.endedAtMs }
				: {}),
			...(approval?.status === "rolled_back" && approval.endedAtMs
				? { takenBackAtMs: approval.endedAtMs }
				: {}),
			...(incident.resolvedAtMs ? { endedAtMs: incident.resolvedAtMs } : {}),
			...(windowMs === undefined ? {} : { windowMs }),
		});
	} catch (error) {
		deps.logger.warn("the chart of an incident could not be read", { incident: incident.id, error });
		return undefined;
	}
}

async function drawChart(deps: ReadIncidentDeps, input: IncidentChartInput): Promise<Chart | undefined> {
	if (judgesTargets(input.watch)) return drawUpTargetChart(deps.board, input);
	return await readIncidentChart(deps, input);
}

/** Open findings before closed ones, then the first that was seen: it keeps the card's lead steady. */
function leadFirst(a: Anomaly, b: Anomaly): number {
	const open = Number(b.closedAtMs === undefined) - Number(a.closedAtMs === undefined);
	return open || a.outsideSinceMs - b.outsideSinceMs || a.id.localeCompare(b.id);
}

/** The run without the values of another metric than the one that is drawn. */
function withoutBefore({ before: _before, ...execution }: Execution): Execution {
	return execution;
}
