import type { Alert } from "../domain/alert.ts";
import type { Anomaly } from "../domain/anomaly.ts";
import { type Approval, isPending } from "../domain/approval.ts";
import type { Chart } from "../domain/chart.ts";
import {
	type Button,
	type ChatMessage,
	chatMessage,
	type Fact,
	type PlanView,
	type QueryTrace,
} from "../domain/chat-message.ts";
import type { Incident } from "../domain/incident.ts";
import { formatDuration, formatQuantity } from "../domain/quantity.ts";
import { timeToken } from "../domain/time-text.ts";
import { bandText, helpedIf } from "../domain/verification.ts";
import type { Watch } from "../domain/watch.ts";
import { approvedBy } from "./approved-by.ts";
import { alertFacts, alertsText } from "./describe-alert.ts";
import { expectedText } from "./describe-finding.ts";
import { incidentState, lastedSpan, loopOf, type Request, requestState } from "./incident-state.ts";
import { incidentTitle } from "./incident-title.ts";

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
	const state = incidentState(incident, request);
	return chatMessage({
		title: incidentTitle(input),
		severity: incident.severity,
		state: alone && state.kind === "anomaly" ? { ...state, text: "Alert" } : state,
		subject: { id: incident.id, path: `/incidents/${incident.id}` },
		sinceMs: incident.timeline[0]?.atMs ?? incident.openedAtMs,
		facts: [...factsOf(input), ...alertFacts(alerts, nowMs, alone, lastedSpan(incident))],
		...(chart ? { chart } : {}),
		text: textOf(alone ? alertsText(alerts) : incident.explanation, request),
		...(plan ? { plan } : {}),
		buttons: request ? buttonsOf(request.approval, incident) : [],
		loop: loopOf(incident, request, mayPropose(input)),
		queries: [...input.queries],
		footer: footerOf(request, input.queries.length),
	});
}

/** The card of a request that belongs to no incident. Pure. */
export function approvalMessage(request: Request): ChatMessage {
	const { approval } = request;
	return chatMessage({
		title: approval.plan.title,
		state: requestState(approval),
		subject: { id: approval.id, path: `/approvals/${approval.id}` },
		sinceMs: approval.createdAtMs,
		text: [approval.outcome ?? approval.plan.summary, ...decidedText(approval)].join("\n"),
		plan: planView(approval),
		buttons: buttonsOf(approval, undefined),
		loop: loopOf(undefined, request),
		footer: footerOf(request, 0),
	});
}

/** Whether a watch of this incident names a remediation. */
function mayPropose({ anomalies, watches }: IncidentMessageInput): boolean {
	const named = watches.filter((watch) => watch.remediation !== undefined);
	return anomalies.some((anomaly) => named.some((watch) => watch.name === anomaly.watch));
}

/** Who approved, and why people decided as they did. */
function decidedText(approval: Approval): readonly string[] {
	const reasons = approval.decisions.flatMap(({ person, verdict, reason }) =>
		reason ? [`${person.name} on why they ${verdict === "approve" ? "approved" : "denied"}: ${reason}`] : [],
	);
	const approved = approvedBy(approval);
	return approved === undefined ? reasons : [approved, ...reasons];
}

function factsOf(input: IncidentMessageInput): Fact[] {
	const { incident, anomalies, watches, request, nowMs } = input;
	const lead = anomalies[0];
	const watch = lead && watches.find((item) => item.name === lead.watch);
	if (!lead || !watch) return [];
	const metric = `${watch.metric.charAt(0).toUpperCase()}${watch.metric.slice(1)}`;
	const value = (v: number) => formatQuantity(v, watch.unit);
	// Another metric's before and after would stand here in the wrong unit.
	const same = request?.approval.plan.verification?.watch === watch.name;
	const execution = same ? request?.execution : undefined;
	const before = execution?.before?.value;
	const sinceThen = lead.lastSeenAtMs > (execution?.finishedAtMs ?? Number.POSITIVE_INFINITY);
	const after = execution?.verification?.lastValue ?? (sinceThen ? lead.value : undefined);
	const outsideEnd = lead.closedAtMs ?? incident.resolvedAtMs ?? nowMs;
	const outside: Fact = {
		label: "Outside its band",
		value: formatDuration(outsideEnd - lead.outsideSinceMs),
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
			outside,
		];
	return [
		{
			label: lead.closedAtMs === undefined ? `${metric} now` : metric,
			value: value(lead.value),
			note: expectedText(watch, lead.band),
			queryId: "q1",
		},
		outside,
		{
			label: lead.peak >= lead.band.high ? "Highest" : "Lowest",
			value: value(lead.peak),
			note: "since it left its band",
			queryId: "q1",
		},
	];
}

function textOf(why: string, request: Request | undefined): string {
	const outcome = request?.approval.outcome;
	const checking = request?.approval.status === "verifying" ? checkingText(request) : undefined;
	const decided = request ? decidedText(request.approval) : [];
	return [why, outcome ?? checking, ...decided].filter(Boolean).join("\n");
}

/** The plan as a card shows it. */
export function planView(approval: Approval): PlanView {
	const { plan, rule } = approval;
	const approved = approval.decisions.filter((decision) => decision.verdict === "approve").length;
	return {
		approvalId: approval.id,
		title: plan.title,
		summary: plan.summary,
		checks: plan.checks,
		risk: plan.risk,
		takes: `about ${formatDuration(plan.usualSeconds * 1000)}`,
		helpedIf: plan.verification
			? helpedIf(plan.verification)
			: "its process runs again; it has no metrics to check",
		otherwise: plan.otherwise,
		planHash: approval.planHash,
		approved,
		quorum: rule.quorum,
		...(isPending(approval.status) ? { expiresAtMs: approval.expiresAtMs } : {}),
		note: rule.selfApproval
			? `You may approve your own request here: the environment is ${plan.environment}.`
			: `Needs ${approversText(rule)}, not the one who asked.`,
	};
}

/** `1 admin or operator`, `2 operators`. */
function approversText({ quorum, approveRoles }: Approval["rule"]): string {
	return `${quorum} ${approveRoles.map((role) => (quorum === 1 ? role : `${role}s`)).join(" or ")}`;
}

function buttonsOf(approval: Approval, incident: Incident | undefined): Button[] {
	if (isPending(approval.status)) {
		const verb = approval.plan.title.split(" ")[0]?.toLowerCase() ?? "it";
		return [
			{ action: "approve", label: `Approve ${verb}`, approvalId: approval.id },
			{ action: "deny", label: "Deny", approvalId: approval.id },
		];
	}
	const again = approval.status === "expired" || approval.status === "failed" || approval.status === "denied";
	if (!again || incident?.status === "resolved") return [];
	return [
		{
			action: "say",
			label: "Ask again",
			text: approval.plan.title.charAt(0).toLowerCase() + approval.plan.title.slice(1),
		},
	];
}

function footerOf(request: Request | undefined, queries: number): string[] {
	const approval = request?.approval;
	const lines: string[] = [];
	if (approval && isPending(approval.status)) lines.push(`Expires ${timeToken(approval.expiresAtMs)}`);
	if (approval) lines.push(`plan ${approval.planHash.slice(0, 4)} ${approval.planHash.slice(4, 8)}`);
	if (queries > 0) lines.push(`${queries} ${queries === 1 ? "query" : "queries"}`);
	lines.push("without a language model");
	return lines;
}

/** What a check in progress says: value, band and how long it must hold. */
function checkingText(request: Request): string | undefined {
	const spec = request.approval.plan.verification;
	const seen = request.execution?.verification;
	if (!spec || !seen) return undefined;
	return `Checking: ${spec.metric} must be ${bandText(spec)} for ${spec.holdSeconds} s, so far ${Math.round(seen.insideForSeconds)} s.`;
}
