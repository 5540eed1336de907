import { judgesTargets } from "../../models/target/judges-targets.ts";
import type { Alert } from "../domain/alert.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import type { Approval } from "../domain/approval.ts";
import type { Chart } from "../domain/chart.ts";
import {
	type Button,
	type ChatMessage,
	chatMessage,
	type Fact,
	type QueryTrace,
} from "../domain/chat-message.ts";
import type { Incident } from "../domain/incident.ts";
import { furtherOf, isHigh } from "../domain/left-band.ts";
import { formatDuration, formatQuantity } from "../domain/quantity.ts";
import { sentenceCase } from "../domain/sentence-case.ts";
import { timeToken } from "../domain/time-text.ts";
import type { Watch } from "../domain/watch.ts";
import { alertFacts, alertsText } from "./describe-alert.ts";
import { expectedText } from "./describe-finding.ts";
import { incidentState, lastedSpan, loopOf, type Request } from "./incident-state.ts";
import { incidentTitle } from "./incident-title.ts";
import { planView } from "./plan-view.ts";
import { guardFacts, requestButtons, requestFooter, requestTexts } from "./request-parts.ts";
import { targetFacts } from "./target-facts.ts";

export type IncidentMessageInput = {
	readonly incident: Incident;
	readonly anomalies: readonly Anomaly[];
	/** Those that fire come first. */
	readonly alerts?: readonly Alert[];
	readonly watches: readonly Watch[];
	readonly request?: Request;
	readonly chart?: Chart;
	readonly queries: readonly QueryTrace[];
	readonly nowMs: number;
};

/** The living message of an incident, from typed fields alone. Pure; parts keep their place in every state. */
export function incidentMessage(input: IncidentMessageInput): ChatMessage {
	const { incident, request, chart, nowMs } = input;
	const plan = request && planView(request.approval);
	const alerts = input.alerts ?? [];
	const alone = alerts.length > 0 && input.anomalies.length === 0;
	const state = incidentState(incident, request, nowMs);
	return chatMessage({
		title: incidentTitle(input),
		severity: incident.severity,
		state: alone && state.kind === "anomaly" ? { ...state, text: "Alert" } : state,
		subject: { id: incident.id, path: `/incidents/${incident.id}` },
		sinceMs: incident.timeline[0]?.atMs ?? incident.openedAtMs,
		facts: [...factsOf(input), ...alertFacts(alerts, nowMs, alone, lastedSpan(incident))].slice(0, 4),
		...(chart ? { chart } : {}),
		text: textOf(alone ? alertsText(alerts) : incident.explanation, request, nowMs),
		...(plan ? { plan } : {}),
		buttons: request ? buttonsOf(request.approval, incident) : [],
		loop: loopOf(incident, request, mayPropose(input)),
		queries: [...input.queries],
		footer: requestFooter(request?.approval, input.queries.length),
	});
}

/** Nothing is left to ask for once the incident is over. */
function buttonsOf(approval: Approval, incident: Incident): Button[] {
	const buttons = requestButtons(approval);
	return incident.status === "resolved" ? buttons.filter(({ action }) => action !== "say") : buttons;
}

/** Whether a watch of this incident names a remediation. */
function mayPropose({ anomalies, watches }: IncidentMessageInput): boolean {
	const named = watches.filter((watch) => watch.remediation !== undefined);
	return anomalies.some((anomaly) => named.some((watch) => watch.name === anomaly.watch));
}

function factsOf(input: IncidentMessageInput): Fact[] {
	const { incident, anomalies, watches, request, nowMs } = input;
	const lead = anomalies[0];
	const watch = lead && watches.find((item) => item.name === lead.watch);
	if (!lead || !watch) return [];
	if (judgesTargets(watch)) return targetFacts(incident, lead, watch, request, nowMs);
	const metric = sentenceCase(watch.metric);
	const value = (v: number) => formatQuantity(v, watch.unit);
	// Another metric's before and after would stand here in the wrong unit.
	const same = request?.approval.plan.verification?.watch === watch.name;
	const execution = same ? request?.execution : undefined;
	const before = execution?.before?.value;
	const sinceThen = lead.lastSeenAtMs > (execution?.finishedAtMs ?? Number.POSITIVE_INFINITY);
	const after = execution?.verification?.lastValue ?? (sinceThen ? lead.value : undefined);
	const peak = furtherOf(lead.band, lead.peak, lead.value);
	const lastedUntil = lead.closedAtMs ?? incident.resolvedAtMs ?? nowMs;
	const lasted: Fact = {
		label: "Abnormal for",
		value: formatDuration(lastedUntil - lead.outsideSinceMs),
		note: `since ${timeToken(lead.outsideSinceMs)}`,
	};
	if (execution?.status === "called" && before !== undefined)
		return [
			{
				label: "Before",
				value: value(before),
				note: `at ${timeToken(execution.intendedAtMs)}`,
				queryId: "q1",
			},
			...(after === undefined
				? []
				: [{ label: "After", value: value(after), note: expectedText(watch, lead.band), queryId: "q1" }]),
			...(request ? guardFacts(request) : []),
			lasted,
		];
	return [
		{
			label: lead.closedAtMs === undefined ? `${metric} now` : metric,
			value: value(lead.value),
			note: expectedText(watch, lead.band),
			queryId: "q1",
		},
		lasted,
		{
			label: isHigh(peak, lead.band) ? "Highest" : "Lowest",
			value: value(peak),
			note: "since it became abnormal",
			queryId: "q1",
		},
	];
}

function textOf(why: string, request: Request | undefined, nowMs: number): string {
	return [why, ...(request ? requestTexts(request, nowMs) : [])].filter(Boolean).join("\n");
}
