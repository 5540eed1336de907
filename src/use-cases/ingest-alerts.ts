import type { Alert, AlertNotice } from "../domain/alert.ts";
import { AppError } from "../domain/errors.ts";
import { type Incident, type TimelineEntry, withEntry } from "../domain/incident.ts";
import { type Severity, worse } from "../domain/severity.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store, Stores } from "../ports/store.ts";
import { alertName, alertText, alertTitle } from "./describe-alert.ts";
import { endIncidentIfOver } from "./end-incident.ts";
import {
	type AlertRules,
	endedByNotice,
	endOf,
	environmentOfAlert,
	judgeNotice,
	severityOfAlert,
	targetOfAlert,
} from "./judge-alerts.ts";

const ACTOR = { actorId: "system:alertmanager", actorName: "Alertmanager" };

export type IngestAlertsDeps = {
	readonly store: Store;
	readonly jobs: Pick<JobQueue, "nudge">;
	readonly rules: AlertRules;
	readonly logger: Logger;
	/** Names of what is watched or may be acted on; an `instance` without its port is looked up here. */
	knownTargets(): readonly string[] | Promise<readonly string[]>;
};

/** A notice with where it belongs. */
type Placed = {
	readonly notice: AlertNotice;
	readonly receivedAtMs: number;
	readonly target: string;
	readonly environment: string;
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
	for (const { alert, resolvedAtMs } of ended) await close(stores, alert, resolvedAtMs, receivedAtMs, shown);
	if (judgement.does === "keeps") await keepResolved(stores, judgement, placed);
	else if (known && judgement.does === "closes")
		await close(stores, known, endOf(notice, receivedAtMs), receivedAtMs, shown);
	else if (judgement.does !== "nothing") shown.add((await fire(stores, open, known, placed)).id);
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

async function fire(
	stores: Stores,
	seen: Incident | undefined,
	known: Alert | undefined,
	placed: Placed,
): Promise<Incident> {
	const { notice, receivedAtMs, target, environment } = placed;
	// An older start that was closed just now wrote into the incident: it is read again.
	const open = seen && (await stores.incidents.getForUpdate(seen.id));
	const severity = severityOfAlert(notice.labels);
	const title = alertTitle(target, notice);
	const text = alertText(notice);
	const atMs = await stores.now();
	const entry = { atMs, kind: "anomaly", text, severity } as const;
	const incident = open
		? await stores.incidents.save(join(open, entry, title))
		: await stores.incidents.create({
				target,
				environment,
				kind: "anomaly",
				status: "open",
				severity,
				title,
				explanation: text,
				openedAtMs: atMs,
				timeline: [
					{
						atMs: Math.min(known ? receivedAtMs : notice.startsAtMs, atMs),
						kind: "seen",
						text: `The alert ${alertName(notice)} fires`,
						severity,
					},
					// The rule's own words: nobody looks for what moved first where no watch has a finding.
					{ ...entry, kind: "explained" },
				],
			});
	const told = { ...alertOf(placed), incidentId: incident.id };
	const alert = known ? { ...told, id: known.id } : await stores.alerts.create(told);
	if (known) await stores.alerts.save(alert);
	await stores.audit.append({
		...ACTOR,
		action: open ? "incident.joined" : "incident.opened",
		subject: `incident:${incident.id}`,
		summary: title,
		data: { alert: alert.id, name: alert.name, fingerprint: alert.fingerprint, severity },
	});
	return incident;
}

/** The incident with one more alert: severity only rises, and the title follows what is worst. */
function join(
	incident: Incident,
	entry: TimelineEntry & { readonly severity: Severity },
	title: string,
): Incident {
	const severity = worse(incident.severity, entry.severity);
	return {
		...incident,
		severity,
		title: severity === incident.severity ? incident.title : title,
		timeline: withEntry(incident.timeline, entry),
	};
}

async function close(
	stores: Stores,
	alert: Alert,
	resolvedAtMs: number,
	receivedAtMs: number,
	shown: Set<string>,
): Promise<void> {
	await stores.alerts.save({ ...alert, resolvedAtMs, receivedAtMs });
	await stores.audit.append({
		...ACTOR,
		action: "alert.resolved",
		subject: `alert:${alert.id}`,
		summary: `The alert ${alert.name} of ${alert.target} is resolved`,
		data: { ...(alert.incidentId === undefined ? {} : { incident: alert.incidentId }), resolvedAtMs },
	});
	if (alert.incidentId === undefined) return;
	const incident = await stores.incidents.getForUpdate(alert.incidentId);
	if (!incident || incident.status === "resolved") return;
	const atMs = await stores.now();
	const text = `The alert ${alert.name} is resolved`;
	await stores.incidents.save({
		...incident,
		timeline: withEntry(incident.timeline, { atMs, kind: "note", text }),
	});
	shown.add(incident.id);
}

async function keepResolved(
	stores: Stores,
	{ resolvedAtMs, reason }: { readonly resolvedAtMs: number; readonly reason: string },
	placed: Placed,
): Promise<void> {
	const alert = await stores.alerts.create({ ...alertOf(placed), resolvedAtMs });
	await stores.audit.append({
		...ACTOR,
		action: "alert.kept",
		subject: `alert:${alert.id}`,
		summary: `The alert ${alert.name} of ${alert.target} is kept as resolved: ${reason}`,
		data: { fingerprint: alert.fingerprint, resolvedAtMs },
	});
}

function alertOf({ notice, receivedAtMs, target, environment }: Placed): Omit<Alert, "id"> {
	const { status: _status, endsAtMs: _endsAtMs, ...told } = notice;
	return {
		...told,
		name: alertName(notice),
		target,
		environment,
		severity: severityOfAlert(notice.labels),
		receivedAtMs,
	};
}
