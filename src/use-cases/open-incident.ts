import type { Reason } from "../../models/define-bank.ts";
import type { Anomaly, Band } from "../domain/anomaly.ts";
import { AppError } from "../domain/errors.ts";
import { type Incident, withEntry } from "../domain/incident.ts";
import { furtherOf, leftBand } from "../domain/left-band.ts";
import { type Severity, worse } from "../domain/severity.ts";
import type { Labels, Sample } from "../domain/time-series.ts";
import type { Watch } from "../domain/watch.ts";
import type { JobQueue } from "../ports/job-queue.ts";
import type { Store, Stores } from "../ports/store.ts";
import { beginningText, explainFinding, findingTitle } from "./describe-finding.ts";

/** A series, or a target by its score, that left its band for long enough to be told. */
export type Finding = {
	readonly watch: Watch;
	readonly labels: Labels;
	readonly target: string;
	readonly atMs: number;
	readonly outsideSinceMs: number;
	readonly value: number;
	readonly score: number;
	readonly severity: Severity;
	readonly band: Band;
	/** The newest values, oldest first, for the words. */
	readonly recent: readonly Sample[];
	/** What the detector saw, strongest first. */
	readonly reasons?: readonly Reason[];
};

export type OpenIncidentDeps = { readonly store: Store; readonly jobs: Pick<JobQueue, "nudge"> };

/**
 * Records a finding: joins the open incident of its target or opens one, in one transaction with the audit record and
 * the jobs that explain and publish it. Not idempotent: the caller tracks which series have an open anomaly.
 */
export async function openIncident(deps: OpenIncidentDeps, finding: Finding): Promise<Anomaly> {
	const record = () => deps.store.transaction((stores) => recordFinding(stores, finding));
	const anomaly = await record().catch((error: unknown) => {
		// Two watches of one target may open its incident at the same moment; the second joins on the next try.
		if (error instanceof AppError && error.code === "conflict") return record();
		throw error;
	});
	deps.jobs.nudge("publish-incident");
	deps.jobs.nudge("explain-incident");
	return anomaly;
}

async function recordFinding(stores: Stores, finding: Finding): Promise<Anomaly> {
	const { watch, target, value, band, recent, severity, atMs } = finding;
	const title = findingTitle(target, watch, value, band, recent, finding.reasons);
	const explanation = explainFinding(watch, value, band, recent, finding.reasons);
	const since = recent.filter(({ t, v }) => t >= finding.outsideSinceMs && Number.isFinite(v));
	const peak = since.reduce((furthest, { v }) => furtherOf(band, furthest, v), value);
	const open = await stores.incidents.openOf(target, watch.environment, "anomaly");
	const incident = open
		? await stores.incidents.save(join(open, finding, title, explanation))
		: await stores.incidents.create({
				target,
				environment: watch.environment,
				kind: "anomaly",
				status: "open",
				severity,
				title,
				explanation,
				openedAtMs: atMs,
				timeline: [
					{
						atMs: finding.outsideSinceMs,
						kind: "seen",
						text: beginningText(
							watch,
							leftBand({ outsideSinceMs: finding.outsideSinceMs, peak, band }, recent),
						),
						severity,
					},
					{ atMs, kind: "anomaly", text: explanation, severity },
				],
			});
	const anomaly = await stores.anomalies.create({
		watch: watch.name,
		target,
		environment: watch.environment,
		labels: finding.labels,
		query: watch.query,
		incidentId: incident.id,
		openedAtMs: atMs,
		outsideSinceMs: finding.outsideSinceMs,
		lastSeenAtMs: atMs,
		score: finding.score,
		severity,
		value,
		peak,
		band,
		explanation,
	});
	await stores.audit.append({
		action: open ? "incident.joined" : "incident.opened",
		actorId: "agent:detection",
		actorName: "detection",
		subject: `incident:${incident.id}`,
		summary: title,
		data: { anomaly: anomaly.id, watch: watch.name, value, band, severity, score: finding.score },
	});
	await stores.enqueue("publish-incident", { incidentId: incident.id });
	await stores.enqueue("explain-incident", { incidentId: incident.id });
	await stores.announce({ kind: "incident", id: incident.id });
	return anomaly;
}

/** The incident with one more finding: severity only rises, and the title follows the worst finding. */
function join(incident: Incident, finding: Finding, title: string, explanation: string): Incident {
	const severity = worse(incident.severity, finding.severity);
	return {
		...incident,
		severity,
		title: severity === incident.severity ? incident.title : title,
		timeline: withEntry(incident.timeline, {
			atMs: finding.atMs,
			kind: "anomaly",
			text: explanation,
			severity: finding.severity,
		}),
	};
}
