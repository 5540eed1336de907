import type { Anomaly } from "../domain/anomaly.ts";
import type { Incident } from "../domain/incident.ts";
import { isOutside } from "../domain/left-band.ts";
import { worse } from "../domain/severity.ts";
import type { Sample } from "../domain/time-series.ts";
import type { Watch } from "../domain/watch.ts";
import type { Store } from "../ports/store.ts";
import { findingTitle, speaksOf } from "./describe-finding.ts";

/**
 * The incident after a finding of it got a new value, or undefined where nothing people read changes. Severity only
 * rises; the title follows the finding it speaks of, at that finding's worst. Pure.
 */
export function refreshed(
	incident: Incident,
	anomaly: Anomaly,
	watch: Watch,
	recent: readonly Sample[],
): Incident | undefined {
	if (incident.status !== "open" || anomaly.closedAtMs !== undefined) return undefined;
	const severity = worse(incident.severity, anomaly.severity);
	// What a value inside its band was told for is told by words that only its first moment knew.
	const hasLeft = isOutside(anomaly.peak, anomaly.band) && speaksOf(incident.title, anomaly.target, watch);
	const title = hasLeft
		? findingTitle(anomaly.target, watch, anomaly.peak, anomaly.band, recent)
		: incident.title;
	if (severity === incident.severity && title === incident.title) return undefined;
	const raised = {
		atMs: anomaly.lastSeenAtMs,
		kind: "severity" as const,
		text: `Raised to ${severity}`,
		severity,
	};
	const timeline = severity === incident.severity ? incident.timeline : [...incident.timeline, raised];
	return { ...incident, severity, title, timeline };
}

/** Takes an open finding's new value over into its incident. Returns whether anything people read has changed. */
export async function refreshIncident(
	store: Store,
	anomaly: Anomaly,
	watch: Watch,
	recent: readonly Sample[],
): Promise<boolean> {
	const seen = await store.incidents.get(anomaly.incidentId);
	if (!seen || !refreshed(seen, anomaly, watch, recent)) return false;
	return store.transaction(async (stores) => {
		const current = await stores.incidents.getForUpdate(anomaly.incidentId);
		const next = current && refreshed(current, anomaly, watch, recent);
		if (!next) return false;
		await stores.incidents.save(next);
		await stores.announce({ kind: "incident", id: next.id });
		return true;
	});
}
