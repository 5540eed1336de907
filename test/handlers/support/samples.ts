import type { Actor, Person } from "../../../src/domain/actor.ts";
import type { Anomaly } from "../../../src/domain/anomaly.ts";
import type { Answer } from "../../../src/domain/answer.ts";
import type { Approval } from "../../../src/domain/approval.ts";
import type { ApprovalPolicyRule } from "../../../src/domain/approval-policy.ts";
import type { Chart } from "../../../src/domain/chart.ts";
import type { Incident } from "../../../src/domain/incident.ts";
import type { Plan } from "../../../src/domain/plan.ts";
import type { Watch } from "../../../src/domain/watch.ts";
import type { ScoredPoint, WatchReading } from "../../../src/ports/watch-board.ts";

/** 20 November 2026, 02:47 in UTC. */
export const NOW_MS = Date.UTC(2026, 10, 20, 2, 47);

export const MINUTE_MS = 60_000;

export const olga: Person = { id: "P-1", name: "olga", role: "operator" };

export const byOlga: Actor = {
	kind: "person",
	person: olga,
	via: { platform: "web-console", tenant: "local", userId: "olga" },
};

export const rule: ApprovalPolicyRule = {
	remediation: "*",
	environment: "local",
	requestRoles: ["operator", "admin"],
	approveRoles: ["operator", "admin"],
	quorum: 1,
	selfApproval: true,
	expiryMinutes: 15,
	cooldownMinutes: 0,
	maximumTargets: 10,
	window: { minutes: 60, maximumTargets: 20 },
	allowedTimes: [],
};

export const plan: Plan = {
	remediation: "restart-service",
	version: 1,
	title: "Restart checkout",
	environment: "local",
	account: "local",
	parameters: { service: "checkout" },
	targets: [{ name: "checkout", id: "local:checkout:4711", state: { pid: 4711 } }],
	summary: "Stops checkout and starts it again.",
	doneLabel: "restarted",
	noun: "a restart",
	checks: [{ verdict: "pass", text: "checkout runs" }],
	risk: "medium",
	reversal: "nothing-to-undo",
	usualSeconds: 2,
	verification: {
		watch: "checkout-memory",
		metric: "memory",
		query: "process_resident_memory_bytes",
		labels: {},
		unit: "bytes",
		band: { low: 199_229_440, high: 272_629_760 },
		withinSeconds: 60,
		holdSeconds: 10,
		intervalSeconds: 2,
	},
	otherwise: "The request ends as failed.",
	permissions: [],
	guards: [],
};

export function anIncident(parts: Partial<Incident> = {}): Incident {
	return {
		id: "INC-1",
		version: 1,
		target: "checkout",
		environment: "local",
		kind: "anomaly",
		status: "open",
		severity: "high",
		title: "checkout: memory is over three times its usual level and rising",
		explanation: "Memory rises 48 MB a minute. Traffic did not change.",
		openedAtMs: NOW_MS - 11 * MINUTE_MS,
		timeline: [
			{ atMs: NOW_MS - 11 * MINUTE_MS, kind: "seen", text: "memory left its band", severity: "high" },
		],
		...parts,
	};
}

export function anApproval(parts: Partial<Approval> = {}): Approval {
	return {
		id: "A-1",
		version: 1,
		status: "proposed",
		incidentId: "INC-1",
		plan,
		planHash: "e41a77d0".repeat(8),
		requester: { kind: "agent", name: "detection" },
		rule,
		createdAtMs: NOW_MS - 4 * MINUTE_MS,
		expiresAtMs: NOW_MS + 11 * MINUTE_MS,
		decisions: [],
		...parts,
	};
}

export function anAnomaly(parts: Partial<Anomaly> = {}): Anomaly {
	return {
		id: "AN-1",
		watch: "checkout-memory",
		target: "checkout",
		environment: "local",
		labels: { job: "checkout" },
		query: 'process_resident_memory_bytes{job="checkout"}',
		incidentId: "INC-1",
		openedAtMs: NOW_MS - 11 * MINUTE_MS,
		outsideSinceMs: NOW_MS - 12 * MINUTE_MS,
		lastSeenAtMs: NOW_MS,
		score: 3,
		severity: "high",
		value: 843_055_104,
		peak: 843_055_104,
		band: { low: 199_229_440, high: 272_629_760 },
		explanation: "Memory is 804 MB, expected 190–260 MB.",
		...parts,
	};
}

const watch: Watch = {
	name: "checkout-memory",
	metric: "memory",
	kind: "memory",
	query: "process_resident_memory_bytes",
	unit: "bytes",
	intervalSeconds: 2,
	target: { label: "job" },
	environment: "local",
	direction: "above",
	minimumChange: 0,
	forSeconds: 0,
	maximumSeverity: "high",
};

export function aReading(
	parts: Partial<WatchReading["status"]> & {
		readonly severity?: WatchReading["series"][number]["severity"];
		readonly points?: readonly ScoredPoint[];
		readonly watch?: Partial<Watch>;
	} = {},
): WatchReading {
	const { severity, points, watch: changed, ...status } = parts;
	const name = status.name ?? "checkout-memory";
	return {
		watch: { ...watch, ...changed, name },
		status: {
			name,
			state: "ready",
			progress: 1,
			samples: 45,
			samplesNeeded: 45,
			seriesCount: 1,
			lastScoredAtMs: NOW_MS - 1000,
			...status,
		},
		series: [
			{
				labels: { job: "checkout" },
				target: "checkout",
				points: points ?? [
					{ t: NOW_MS - 2000, v: 235_929_600, low: 199_229_440, high: 272_629_760, score: 0.2 },
				],
				...(severity ? { severity } : {}),
			},
		],
	};
}

export function anAnswer(parts: Partial<Answer> = {}): Answer {
	return {
		verdict: "answered",
		text: "CPU of checkout is 34 %.",
		facts: [{ label: "CPU now", value: 34, unit: "percent", text: "34 %", query: "cpu" }],
		queries: [{ id: "q1", query: "cpu", purpose: "CPU of checkout", span: "now" }],
		span: "now",
		mode: "offline",
		suggestions: ["memory of checkout"],
		...parts,
	};
}

export function aChart(parts: Partial<Chart> = {}): Chart {
	return {
		title: "Memory of checkout",
		unit: "bytes",
		startMs: NOW_MS - 60 * MINUTE_MS,
		endMs: NOW_MS,
		lines: [
			{
				name: "checkout",
				role: "value",
				points: [
					{ t: NOW_MS - 60 * MINUTE_MS, v: 235_929_600 },
					{ t: NOW_MS, v: 843_055_104 },
				],
			},
		],
		alt: "Memory of checkout. It rises.",
		...parts,
	};
}
