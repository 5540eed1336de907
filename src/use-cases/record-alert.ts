import type { Alert, AlertNotice } from "../domain/alert.ts";
import { type Incident, type TimelineEntry, withEntry } from "../domain/incident.ts";
import { type Severity, worse } from "../domain/severity.ts";
import type { Stores } from "../ports/store.ts";
import { alertName, alertText, alertTitle } from "./describe-alert.ts";
import { severityOfAlert } from "./judge-alerts.ts";

const ACTOR = { actorId: "system:alertmanager", actorName: "Alertmanager" };

/** A notice with where it belongs. */
export type Placed = {
	readonly notice: AlertNotice;
	readonly receivedAtMs: number;
	readonly target: string;
	readonly environment: string;
};

/** Records that an alert fires: it joins the open incident or opens one. `known`: its row, where it fires again. */
export async function fireAlert(
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
	const findings = open ? await stores.anomalies.ofIncident(open.id) : [];
	const incident = open
		? await stores.incidents.save(join(open, entry, findings.length > 0 ? open.title : title))
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

/** The incident with one more alert: severity only rises, and the given title counts where it does. */
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

/** Records an alert's end, in its incident's timeline too, and adds that incident to `shown`. */
export async function closeAlert(
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

/** Keeps an alert as resolved; it opens nothing. */
export async function keepAlert(
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
