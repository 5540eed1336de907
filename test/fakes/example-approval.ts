import type { Actor, Person, Role } from "../../src/domain/actor.ts";
import type { Approval, Decision } from "../../src/domain/approval.ts";
import type { ApprovalPolicyRule } from "../../src/domain/approval-policy.ts";
import type { Plan, VerificationSpec } from "../../src/domain/plan.ts";

/** A person; the name tells nothing about the role. */
export function examplePerson(id = "P1", role: Role = "operator", name = `person ${id}`): Person {
	return { id, name, role };
}

/** The person behind a request or a press. */
export function exampleActor(person: Person): Actor {
	return { kind: "person", person, via: { platform: "test", tenant: "T1", userId: person.id } };
}

/** A rule for operators and admins with quorum 1, no self-approval, 15 minutes. */
export function exampleRule(parts: Partial<ApprovalPolicyRule> = {}): ApprovalPolicyRule {
	return {
		remediation: "*",
		environment: "*",
		requestRoles: ["admin", "operator"],
		approveRoles: ["admin", "operator"],
		quorum: 1,
		selfApproval: false,
		expiryMinutes: 15,
		cooldownMinutes: 0,
		maximumTargets: 10,
		window: { minutes: 60, maximumTargets: 10_000 },
		allowedTimes: [],
		...parts,
	};
}

/** Memory of checkout, back below 260 MB within a minute for ten seconds. */
export function exampleVerification(parts: Partial<VerificationSpec> = {}): VerificationSpec {
	return {
		watch: "checkout-memory",
		metric: "memory",
		query: "process_resident_memory_bytes",
		labels: { job: "checkout" },
		unit: "bytes",
		band: { low: 0, high: 260 * 1024 * 1024 },
		withinSeconds: 60,
		holdSeconds: 10,
		intervalSeconds: 2,
		...parts,
	};
}

/** A plan to restart checkout. */
export function examplePlan(parts: Partial<Plan> = {}): Plan {
	return {
		remediation: "restart-service",
		version: 1,
		title: "Restart checkout",
		environment: "local",
		account: "local",
		parameters: { service: "checkout" },
		targets: [{ name: "checkout", id: "local:checkout:100:1", state: { pid: 100, startedAtMs: 1 } }],
		summary: "Restart checkout: its one process is stopped and started again with the same command.",
		doneLabel: "restarted",
		noun: "a restart",
		checks: [{ verdict: "pass", text: "Running as process 100" }],
		risk: "medium",
		reversal: "nothing-to-undo",
		usualSeconds: 2,
		verification: exampleVerification(),
		otherwise: "it stops there and says so; nothing is repeated",
		permissions: [],
		guards: [],
		...parts,
	};
}

/** A word on a request, a second after it was made. */
export function exampleDecision(person: Person, verdict: Decision["verdict"] = "approve"): Decision {
	return { person, verdict, atMs: 2000 };
}

/** A request by the product itself, made at 1,000 ms and open until 901,000 ms. */
export function exampleApproval(parts: Partial<Approval> = {}): Approval {
	return {
		id: "A-1",
		status: "proposed",
		plan: examplePlan(),
		planHash: "0123456789abcdef",
		requester: { kind: "agent", name: "detection" },
		rule: exampleRule(),
		createdAtMs: 1000,
		expiresAtMs: 901_000,
		decisions: [],
		version: 1,
		...parts,
	};
}
