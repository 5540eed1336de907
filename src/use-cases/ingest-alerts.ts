import type { Alert, AlertNotice } from "../domain/alert.ts";
import { AppError } from "../domain/errors.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store, Stores } from "../ports/store.ts";
import { endIncidentIfOver } from "./end-incident.ts";
import {
	type AlertRules,
	endedByNotice,
	endOf,
	environmentOfAlert,
	judgeNotice,
	targetOfAlert,
} from "./judge-alerts.ts";
import { closeAlert, fireAlert, keepAlert, type Placed } from "./record-alert.ts";

export type IngestAlertsDeps = {
	readonly store: Store;
	readonly jobs: Pick<JobQueue, "nudge">;
	readonly rules: AlertRules;
	readonly logger: Logger;
	/** Names of what is watched or may be acted on; an `instance` without its port is looked up here. */
	knownTargets(): readonly string[] | Promise<readonly string[]>;
};

/** What became of a notice. `incidentId`: the incident that may be over now. */
type Taken = { readonly changed: boolean; readonly incidentId?: string };

/**
 * Takes in what Alertmanager tells: a firing alert joins the open incident of its target or opens one, a resolved one
 * closes what it opened. Each alert is one transaction with its audit record. Idempotent, whatever the order, the
 * repeats and the number of senders. `receivedAtMs`: when the notification came in.
 */
export async function ingestAlerts(
	deps: IngestAlertsDeps,
	notices: readonly AlertNotice[],
	receivedAtMs: number,
): Promise<void> {
	const known = await deps.knownTargets();
	const touched = new Set<string>();
	let changed = 0;
	for (const notice of notices.toSorted((a, b) => a.startsAtMs - b.startsAtMs)) {
		const placed = {
			notice,
			receivedAtMs,
			target: targetOfAlert(notice, deps.rules, known),
			environment: environmentOfAlert(notice.labels, deps.rules),
		};
		const taken = await takeIn(deps, placed);
		if (taken.changed) changed += 1;
		if (taken.incidentId !== undefined) touched.add(taken.incidentId);
	}
	for (const incidentId of touched) await endIncidentIfOver(deps, incidentId);
	if (changed > 0) deps.jobs.nudge("publish-incident");
	deps.logger.info("alerts taken in", { alerts: notices.length, changed });
}

/** Of two senders that tell of a new alert, or of two alerts that open one incident, the second joins on its next try. */
async function takeIn(deps: IngestAlertsDeps, placed: Placed): Promise<Taken> {
	const attempt = () => deps.store.transaction((stores) => apply(stores, placed));
	return attempt().catch((error: unknown) => {
		if (error instanceof AppError && error.code === "conflict") return attempt();
		throw error;
	});
}

async function apply(stores: Stores, placed: Placed): Promise<Taken> {
	const { notice, receivedAtMs, target, environment } = placed;
	// The incident first, as everywhere: whoever ends it waits for this, or this for them.
	const open = await stores.incidents.openOf(target, environment, "anomaly");
	const known = await stores.alerts.find(notice.fingerprint, notice.startsAtMs);
	const others = (open ? await stores.alerts.ofIncident(open.id) : []).filter(
		(alert) =>
			alert.fingerprint === notice.fingerprint &&
			alert.startsAtMs !== notice.startsAtMs &&
			alert.resolvedAtMs === undefined,
	);
	const judgement = judgeNotice(notice, receivedAtMs, known, others);
	const repeated = judgement.does === "nothing" && notice.status === "firing";
	const ended = repeated ? [] : endedByNotice(notice, others);
	if (judgement.does === "nothing" && ended.length === 0)
		return { changed: false, ...endedOf(notice, known) };
	const shown = new Set<string>();
	for (const { alert, resolvedAtMs } of ended)
		await closeAlert(stores, alert, resolvedAtMs, receivedAtMs, shown);
	if (judgement.does === "keeps") await keepAlert(stores, judgement, placed);
	else if (known && judgement.does === "closes")
		await closeAlert(stores, known, endOf(notice, receivedAtMs), receivedAtMs, shown);
	else if (judgement.does !== "nothing") shown.add((await fireAlert(stores, open, known, placed)).id);
	for (const incidentId of shown) {
		await stores.enqueue("publish-incident", { incidentId }, { singleton: incidentId });
		await stores.announce({ kind: "incident", id: incidentId });
	}
	return { changed: true, ...endedOf(notice, ended[0]?.alert ?? known) };
}

/** The incident that may be over. Also of what was closed before: a crash may have come between both ends. */
function endedOf(notice: AlertNotice, known: Alert | undefined): { incidentId?: string } {
	if (notice.status === "firing" || known?.incidentId === undefined) return {};
	return { incidentId: known.incidentId };
}
