import { judgesTargets } from "../../models/target/judges-targets.ts";
import type { Alert } from "../domain/alert.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import { afterChange, changeBefore, endedByItself } from "../domain/came-back-after.ts";
import type { Incident } from "../domain/incident.ts";
import { isOutside } from "../domain/left-band.ts";
import type { Watch } from "../domain/watch.ts";
import { alertsOverTitle } from "./describe-alert.ts";
import { mayHaveRun, type Request } from "./incident-state.ts";

type TitleInput = {
	readonly incident: Incident;
	readonly anomalies: readonly Anomaly[];
	readonly alerts?: readonly Alert[];
	readonly watches: readonly Watch[];
	readonly request?: Request;
};

/** The title of an incident's card: what it is while it is open, and how it went at its end. Pure. */
export function incidentTitle({ incident, request, anomalies, alerts = [], watches }: TitleInput): string {
	const status = request?.approval.status;
	const noun = request?.approval.plan.noun ?? "";
	const watch = watches.find(({ name }) => name === anomalies[0]?.watch);
	const back = watch === undefined ? "back to normal" : backText(watch, anomalies[0]);
	if (incident.status === "resolved") {
		if (incident.outcome === "closed")
			return `${incident.target}: the watch that noticed this looks there no more`;
		if (incident.kind === "blind") return `${incident.target}: values come again`;
		if (anomalies.length === 0 && alerts.length > 0) return alertsOverTitle(incident.target, alerts);
		if (incident.outcome === "remediated") return `${incident.target}: ${back} after ${noun}`;
		const change = changeBefore(incident);
		if (change) return `${incident.target}: ${back} ${afterChange(change)}`;
		return `${incident.target}: ${back}${mayHaveRun(request) || !endedByItself(incident) ? "" : " by itself"}`;
	}
	if (status === "failed" && request?.execution?.status === "called") {
		const how = request.execution.verification?.notShown ? "is not shown to have helped" : "did not help";
		return `${incident.target}: ${noun} ${how}`;
	}
	if (status === "rolled_back") {
		const worse = request?.execution?.verification?.verdict === "worse";
		return `${incident.target}: ${noun} ${worse ? "made it worse" : "did not help"}`;
	}
	if (status === "rollback_failed") return `${incident.target}: ${noun} could not be taken back`;
	if (status === "failed") return `${incident.target}: not run, nothing was changed`;
	return incident.title;
}

function backText(watch: Watch, lead: Anomaly | undefined): string {
	if (judgesTargets(watch)) return "back to its usual course";
	const wasOutside = lead !== undefined && isOutside(lead.peak, lead.band);
	return `${watch.metric} is back ${wasOutside ? "inside its band" : "to normal"}`;
}
