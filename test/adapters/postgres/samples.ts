import type { Person } from "../../../src/domain/actor.ts";
import type { Anomaly } from "../../../src/domain/anomaly.ts";
import type { Approval } from "../../../src/domain/approval.ts";
import { AppError, type ErrorCode } from "../../../src/domain/errors.ts";
import type { Execution } from "../../../src/domain/execution.ts";
import type { Incident } from "../../../src/domain/incident.ts";
import type { Plan } from "../../../src/domain/plan.ts";

/** An instant with milliseconds, so that a lost fraction shows. */
export const startMs = 1_790_000_000_123;

export const ann: Person = { id: "P-1", name: "Ann", role: "operator" };
export const bob: Person = { id: "P-2", name: "Bob", role: "admin" };

/** The code of the AppError that a promise fails with; `none` if it does not fail. */
export async function codeOf(work: Promise<unknown>): Promise<ErrorCode | "none" | "not an AppError"> {
	return work.then(
		() => "none" as const,
		(error: unknown) => (error instanceof AppError ? error.code : "not an AppError"),
	);
}

export function makeIncident(parts: Partial<Incident> = {}): Omit<Incident, "id" | "version"> {
	return {
		target: "checkout",
		environment: "local",
		kind: "anomaly",
		status: "open",
		severity: "high",
		title: "checkout uses more memory than usual",
		explanation: "memory moved first; traffic did not",
		openedAtMs: startMs,
		timeline: [{ atMs: startMs, kind: "seen", text: "memory left its band", severity: "high" }],
		...parts,
	};
}

export function makeAnomaly(parts: Partial<Anomaly> = {}): Omit<Anomaly, "id"> {
	return {
		watch: "memory",
		target: "checkout",
		environment: "local",
		labels: { job: "checkout", instance: "a" },
		query: 'process_resident_memory_bytes{job="checkout"}',
		incidentId: "INC-1",
		openedAtMs: startMs,
		outsideSinceMs: startMs - 5_000,
		lastSeenAtMs: startMs + 5_000,
		score: 1.75,
		severity: "high",
		value: 8.04e8,
		peak: 9.5e8,
		band: { low: 1.9e8, high: 2.6e8 },
		explanation: "three times the usual",
		...parts,
	};
}

export const plan: Plan = {
	remediation: "restart-service",
	version: 1,
	title: "Restart checkout",
	environment: "local",
	account: "this machine",
	parameters: { service: "checkout", graceSeconds: 5, force: false },
	targets: [{ name: "checkout", id: "local:checkout:4711", state: { pid: 4711, ratio: 0.1 } }],
	summary: "checkout is stopped and started again.",
	doneLabel: "restarted",
	noun: "a restart",
	checks: [{ verdict: "pass", text: "it runs" }],
	risk: "low",
	reversal: "nothing-to-undo",
	usualSeconds: 2,
	otherwise: "The request ends as failed.",
	permissions: [],
	guards: [],
};

type NewApproval = Omit<Approval, "id" | "version" | "decisions">;

export function makeApproval(parts: Partial<NewApproval> = {}): NewApproval {
	return {
		status: "proposed",
		plan,
		planHash: "a".repeat(64),
		requester: { kind: "agent", name: "detection" },
		rule: {
			remediation: "*",
			environment: "local",
			requestRoles: ["operator"],
			approveRoles: ["operator", "admin"],
			quorum: 2,
			selfApproval: true,
			expiryMinutes: 30,
			cooldownMinutes: 0,
			maximumTargets: 10,
			window: { minutes: 60, maximumTargets: 20 },
			allowedTimes: [],
		},
		createdAtMs: startMs,
		expiresAtMs: startMs + 1_800_000,
		...parts,
	};
}

export function makeExecution(parts: Partial<Execution> = {}): Omit<Execution, "id"> {
	return { approvalId: "A-1", status: "intended", intendedAtMs: startMs, ...parts };
}

/** An audit event about `subject`. */
export function makeEvent(subject: string, data: Readonly<Record<string, unknown>> = {}) {
	return {
		action: "approval.decided",
		actorId: "person:P-1",
		actorName: "Ann",
		subject,
		summary: "Ann approved the restart of checkout.",
		data,
	};
}
