import type { Anomaly } from "../domain/anomaly.ts";
import type { Approval } from "../domain/approval.ts";
import type { Chart } from "../domain/chart.ts";
import type { ChatMessage, QueryTrace } from "../domain/chat-message.ts";
import { AppError } from "../domain/errors.ts";
import type { Execution } from "../domain/execution.ts";
import type { Incident } from "../domain/incident.ts";
import type { Watch } from "../domain/watch.ts";
import type { ChatPlatform } from "../ports/chat-platform.ts";
import type { Logger } from "../ports/logger.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import type { Store, Stores } from "../ports/store.ts";
import { readIncidentChart } from "./incident-chart.ts";
import { approvalMessage, incidentMessage } from "./incident-message.ts";
import type { Request } from "./incident-state.ts";
import { onEachPlatform } from "./on-each-platform.ts";

const MAXIMUM_ROUNDS = 5;

export type PublishDeps = {
	readonly store: Store;
	readonly metrics: MetricsSource;
	readonly platforms: readonly ChatPlatform[];
	readonly watches: readonly Watch[];
	readonly logger: Logger;
};

/** An incident with all its card is made of. */
export type IncidentFile = {
	readonly incident: Incident;
	/** The finding the card leads with comes first. */
	readonly anomalies: readonly Anomaly[];
	readonly request?: Request;
	readonly chart?: Chart;
	readonly message: ChatMessage;
};

/**
 * Reads an incident, draws up its chart and its living message. `windowMs`: how far back the chart shows; by default
 * what led up to the incident. AppError `not_found`.
 */
export async function readIncident(
	deps: Omit<PublishDeps, "platforms">,
	incidentId: string,
	windowMs?: number,
): Promise<IncidentFile> {
	const incident = await deps.store.incidents.get(incidentId);
	if (!incident) throw new AppError("not_found", `There is no incident ${incidentId}.`);
	const anomalies = (await deps.store.anomalies.ofIncident(incidentId)).toSorted(leadFirst);
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
		watches: deps.watches,
		...(request ? { request } : {}),
		...(chart ? { chart } : {}),
		queries,
		nowMs,
	});
	return { incident, anomalies, ...(request ? { request } : {}), ...(chart ? { chart } : {}), message };
}

/** The chart of an incident over the newest `windowMs`. AppError `not_found`, also where it has none. */
export async function readIncidentWindow(
	deps: Omit<PublishDeps, "platforms">,
	incidentId: string,
	windowMs: number,
): Promise<Chart> {
	const { chart } = await readIncident(deps, incidentId, windowMs);
	if (chart) return chart;
	throw new AppError("not_found", `${incidentId} has no chart: no metric left its band.`);
}

/**
 * Posts an incident's message or edits it in place, on every platform. Idempotent. Where the incident changed while the
 * message was on its way it is edited again, so that the last edit shows the last state, whoever makes it.
 */
export async function publishIncident(deps: PublishDeps, incidentId: string): Promise<void> {
	const lock = (stores: Stores) => stores.incidents.getForUpdate(incidentId);
	for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
		const { incident, request, message } = await readIncident(deps, incidentId);
		await publish(deps, `incident:${incidentId}`, message, lock);
		const now = await deps.store.incidents.get(incidentId);
		const newest = (await deps.store.approvals.list({ incidentId }, { limit: 1 })).items[0];
		if (now?.version === incident.version && sameVersion(newest, request?.approval)) return;
	}
}

/** Edits whatever shows a request: its incident's message, or a card of its own. */
export async function publishApproval(deps: PublishDeps, approvalId: string): Promise<void> {
	const lock = (stores: Stores) => stores.approvals.getForUpdate(approvalId);
	for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
		const approval = await deps.store.approvals.get(approvalId);
		if (!approval) return;
		if (approval.incidentId) return publishIncident(deps, approval.incidentId);
		const execution = await deps.store.executions.ofApproval(approvalId);
		const message = approvalMessage({ approval, ...(execution ? { execution } : {}) });
		await publish(deps, `approval:${approvalId}`, message, lock);
		if (sameVersion(await deps.store.approvals.get(approvalId), approval)) return;
	}
}

function sameVersion(a: Approval | undefined, b: Approval | undefined): boolean {
	return a?.id === b?.id && a?.version === b?.version;
}

/** @param lock locks the row that `subject` is about until the transaction ends: of two first posts one waits */
async function publish(
	deps: PublishDeps,
	subject: string,
	message: ChatMessage,
	lock: (stores: Stores) => Promise<unknown>,
): Promise<void> {
	await onEachPlatform(deps.platforms, async (platform, conversation) => {
		try {
			const known = await deps.store.postings.find(subject, conversation);
			// A card that somebody deleted stays deleted: posting it again would go on for ever.
			if (known !== undefined) return void (await platform.update(conversation, known, message));
			await deps.store.transaction(async (stores) => {
				await lock(stores);
				const first = await stores.postings.find(subject, conversation);
				if (first !== undefined) return void (await platform.update(conversation, first, message));
				const reference = await platform.post(conversation, message, subject);
				await stores.postings.remember(subject, conversation, reference);
			});
		} catch (error) {
			deps.logger.error("a message could not be published", { platform: platform.name, subject, error });
			throw error;
		}
	});
}

async function chartOf(
	deps: Omit<PublishDeps, "platforms">,
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
		return await readIncidentChart(deps.metrics, {
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
			...(approval?.status === "succeeded" && approval.endedAtMs ? { verifiedAtMs: approval.endedAtMs } : {}),
			...(incident.resolvedAtMs ? { endedAtMs: incident.resolvedAtMs } : {}),
			...(windowMs === undefined ? {} : { windowMs }),
		});
	} catch (error) {
		deps.logger.warn("the chart of an incident could not be read", { incident: incident.id, error });
		return undefined;
	}
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
