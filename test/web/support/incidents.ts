import { planView } from "../../../src/use-cases/plan-view.ts";
import type {
	ApprovalView,
	ChatMessage,
	IncidentView,
	LoopStep,
} from "../../../web/src/api/types.generated.ts";
import { exampleApproval, exampleRule } from "../../fakes/example-approval.ts";
import { leakChart, MB } from "./series.ts";

const MINUTE_MS = 60_000;
const QUERY = 'process_resident_memory_bytes{job="checkout"}';
const iso = (ms: number) => new Date(ms).toISOString();
const clock = (ms: number) =>
	new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" }).format(
		ms,
	);

function loop(nowMs: number): readonly LoopStep[] {
	return [
		{ name: "Seen", note: clock(nowMs - 11 * MINUTE_MS), state: "done" },
		{ name: "Explained", note: clock(nowMs - 7 * MINUTE_MS), state: "done" },
		{ name: "Proposed", note: clock(nowMs - 4 * MINUTE_MS), state: "done" },
		{ name: "Approved", note: "1 of 2", state: "now" },
		{ name: "Ran", state: "ahead" },
		{ name: "Verified", state: "ahead" },
	];
}

/** The living message of the leak while its restart waits. */
function leakMessage(nowMs: number, approval: ApprovalView): ChatMessage {
	const since = clock(nowMs - 11 * MINUTE_MS);
	return {
		title: "checkout: memory is over three times its usual level and rising",
		severity: "high",
		state: { kind: "waiting", text: "Waiting for approval, 1 of 2" },
		subject: { id: "INC-142", path: "/incidents/INC-142" },
		sinceMs: nowMs - 11 * MINUTE_MS,
		facts: [
			{ label: "Memory now", value: "804 MB", note: "expected 190–260 MB", queryId: "q1" },
			{ label: "Abnormal for", value: "11 min", note: `since ${since}` },
			{ label: "Highest", value: "804 MB", note: "since it became abnormal", queryId: "q1" },
		],
		chart: leakChart(nowMs),
		text: "Rises 48 MB a minute. Traffic and errors did not change, so load is **probably not** the cause; see `rate(http_requests_total[5m])`.",
		plan: {
			approvalId: approval.id,
			title: approval.title,
			summary: approval.summary,
			checks: approval.checks,
			risk: approval.risk,
			takes: "about 5 s",
			helpedIf: "memory is inside 190–260 MB for 15 s within 45 s",
			otherwise: "it is marked as failed and stays open",
			planHash: approval.planHash,
			approved: approval.approved,
			quorum: approval.quorum,
			expiresAtMs: Date.parse(approval.expiresAt),
			note: planView(exampleApproval({ rule: exampleRule({ quorum: approval.quorum }) })).note,
		},
		buttons: [
			{ action: "approve", label: "Approve restart", approvalId: approval.id },
			{ action: "deny", label: "Deny", approvalId: approval.id },
		],
		loop: loop(nowMs),
		queries: [
			{ id: "q1", query: QUERY, purpose: "memory of checkout", span: "the last hour" },
			{
				id: "q2",
				query: 'sum(rate(http_requests_total{job="checkout"}[5m]))',
				purpose: "traffic, which did not change",
				span: "the last hour",
			},
		],
		footer: ["plan 7c1e 90b2", "2 queries", "without a language model"],
		suggestions: ["what changed before it?", "has this happened before?", "show errors of checkout"],
	};
}

/** The open incident of the leak. */
export function leakIncident(nowMs: number, approval: ApprovalView): IncidentView {
	const message = leakMessage(nowMs, approval);
	const at = (minutesAgo: number) => iso(nowMs - minutesAgo * MINUTE_MS);
	return {
		id: "INC-142",
		target: "checkout",
		environment: "local",
		kind: "anomaly",
		status: "open",
		state: { kind: "waiting", text: "Waiting for approval, 1 of 2" },
		severity: "high",
		title: message.title ?? "",
		openedAt: at(11),
		anomalies: [
			{
				id: "AN-7",
				watch: "checkout memory",
				target: "checkout",
				environment: "local",
				labels: { job: "checkout" },
				query: QUERY,
				incidentId: "INC-142",
				status: "open",
				openedAt: at(11),
				outsideSince: at(11),
				lastSeenAt: at(0),
				score: 11.2,
				severity: "high",
				value: 804 * MB,
				unit: "bytes",
				band: { low: 190 * MB, high: 260 * MB },
				explanation: "Memory rises 48 MB a minute, on the one process of checkout.",
			},
		],
		approvals: [approval],
		explanation: message.text ?? "",
		timeline: [
			{
				at: at(11),
				kind: "anomaly",
				text: "**Memory left its band**: 276 MB, expected 190–260",
				severity: "medium",
			},
			{ at: at(10), kind: "seen", text: "Incident opened" },
			{
				at: at(9),
				kind: "severity",
				text: "Raised to high: rising 4 times faster than usual",
				severity: "high",
			},
			{ at: at(7), kind: "explained", text: "Explained: 2 queries, 0.4 s" },
			{ at: at(4), kind: "proposed", text: "**Proposed: restart checkout** (A-311)" },
			{ at: at(3), kind: "decided", text: "operator-1 approved, 1 of 2" },
		],
		message,
	};
}

/** Incidents that ended earlier. */
export function earlierIncidents(nowMs: number, approval: ApprovalView): readonly IncidentView[] {
	const base = leakIncident(nowMs, approval);
	const ended = (
		id: string,
		title: string,
		state: IncidentView["state"],
		severity: IncidentView["severity"],
		hoursAgo: number,
	): IncidentView => ({
		...base,
		id,
		title,
		state,
		severity,
		status: "resolved",
		openedAt: iso(nowMs - hoursAgo * 60 * MINUTE_MS),
		resolvedAt: iso(nowMs - hoursAgo * 60 * MINUTE_MS + 13 * MINUTE_MS),
	});
	return [
		ended(
			"INC-141",
			"search: latency is back to 240 ms after a restart",
			{ kind: "resolved", text: "Resolved" },
			"high",
			2,
		),
		ended(
			"INC-139",
			"web: scaling out did not help, set back to 4",
			{ kind: "rolled_back", text: "Rolled back" },
			"medium",
			30,
		),
		ended(
			"INC-120",
			"host: load is back to normal by itself",
			{ kind: "resolved", text: "Recovered by itself" },
			"low",
			190,
		),
	];
}
