import { z } from "zod";
import { forecastAstray, usualCourse } from "../../models/forecast/usual-course.ts";
import { remediationCatalog } from "../../src/compose/remediation-catalog.ts";
import type { Person, Role } from "../../src/domain/actor.ts";
import type { Approval } from "../../src/domain/approval.ts";
import { isEnded } from "../../src/domain/approval.ts";
import type { ApprovalPolicy } from "../../src/domain/approval-policy.ts";
import { toAppError } from "../../src/domain/errors.ts";
import type { GuardSpec, VerificationSpec } from "../../src/domain/plan.ts";
import { execute } from "../../src/executor/execute.ts";
import type { ExecutorDeps } from "../../src/executor/executor-deps.ts";
import { verify } from "../../src/executor/verify.ts";
import { noFailpoint } from "../../src/ports/failpoint.ts";
import { type AnyRemediation, defineRemediation } from "../../src/remediations/define-remediation.ts";
import { restartService } from "../../src/remediations/restart-service.ts";
import { decideApproval } from "../../src/use-cases/decide-approval.ts";
import { createEffectHolds } from "../../src/use-cases/effect-holds.ts";
import { proposeRemediation } from "../../src/use-cases/propose-remediation.ts";
import { exampleActor, exampleRule, exampleVerification } from "../fakes/example-approval.ts";
import { type FakeCloud, fakeCloud } from "../fakes/fake-cloud.ts";
import { type FakeMetrics, fakeMetrics } from "../fakes/fake-metrics.ts";
import { policyRules } from "../fakes/policy-rules.ts";
import { recordingLogger } from "../fakes/recording-logger.ts";
import { openTestStore, type TestStore } from "../support/postgres.ts";

/** A quick check: the metric must hold for 0.2 s within 0.8 s. */
export const quickCheck: VerificationSpec = exampleVerification({
	query: "memory",
	labels: {},
	unit: "count",
	band: { low: 0, high: 10 },
	withinSeconds: 0.8,
	holdSeconds: 0.2,
	intervalSeconds: 0.1,
});

/** All that an approval's life needs, over a real store. */
export type ExecutorWorld = {
	readonly test: TestStore;
	readonly cloud: FakeCloud;
	readonly metrics: FakeMetrics;
	readonly logger: ReturnType<typeof recordingLogger>;
	readonly remediations: readonly AnyRemediation[];
	policy: ApprovalPolicy;
	/** What guards every change that is proposed from now on. */
	guards: readonly GuardSpec[];
	person(name: string, role: Role): Promise<Person>;
	/** What one executor process holds; `parts` alter it. */
	deps(parts?: Partial<ExecutorDeps>): ExecutorDeps;
	propose(
		target: string,
		parts?: { readonly remediation?: string; readonly check?: VerificationSpec },
	): Promise<Approval>;
	decide(approval: Approval, person: Person, verdict?: "approve" | "deny"): Promise<Approval>;
	/** A request that `anna` has approved. */
	approved(
		target: string,
		parts?: { readonly remediation?: string; readonly check?: VerificationSpec },
	): Promise<Approval>;
	now(approval: Approval): Promise<Approval>;
	/** The actions in the audit about a request, oldest first. */
	audited(approval: Approval): Promise<readonly string[]>;
};

export const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Opens a world with the services a, b, c ...; `close` it at the end. */
export async function executorWorld(targets: readonly string[]): Promise<ExecutorWorld> {
	const test = await openTestStore();
	const { store } = test;
	const cloud = fakeCloud(targets);
	const metrics = fakeMetrics();
	const logger = recordingLogger();
	const remediations = [restartService, setSize(cloud)];
	const holds = createEffectHolds([]);
	const jobs = { nudge: () => undefined };
	const world: ExecutorWorld = {
		test,
		cloud,
		metrics,
		logger,
		remediations,
		policy: [exampleRule()],
		guards: [],
		person: (name, role) => store.people.upsert({ platform: "test", tenant: "T1", userId: name }, name, role),
		deps: (parts = {}) => ({
			store,
			jobs,
			reader: cloud.reader,
			writer: cloud.writer,
			metrics,
			forecast: forecastAstray,
			usualCourse,
			remediations,
			rules: policyRules(world.policy),
			holds,
			logger,
			failpoint: noFailpoint,
			owner: "process-1",
			...parts,
		}),
		propose: (target, { remediation = "restart-service", check = quickCheck } = {}) =>
			proposeRemediation(
				{
					store,
					jobs,
					catalog: remediationCatalog(remediations, cloud.reader),
					rules: policyRules(world.policy),
					watches: [],
					metrics: fakeMetrics(),
					holds,
					failpoint: noFailpoint,
					guards: () => world.guards,
				},
				{ kind: "agent", name: "detection" },
				{ remediation, parameters: { service: target }, verification: check },
			),
		decide: (approval, person, verdict = "approve") =>
			decideApproval(
				{ store, jobs, rules: policyRules(world.policy), holds, failpoint: noFailpoint },
				exampleActor(person),
				{
					approvalId: approval.id,
					verdict,
				},
			),
		approved: async (target, parts) =>
			world.decide(await world.propose(target, parts), await world.person("anna", "operator")),
		now: async (approval) => {
			const current = await store.approvals.get(approval.id);
			if (!current) throw new Error(`${approval.id} is gone`);
			return current;
		},
		audited: async (approval) => {
			const { items } = await store.audit.list({ subject: `approval:${approval.id}` }, { limit: 200 });
			return items.map((record) => record.action).toReversed();
		},
	};
	return world;
}

/** Executes and verifies as the jobs would, until the request is ended; errors are tried again, as the queue does. */
export async function runToEnd(deps: ExecutorDeps, approvalId: string, deadlineMs = 15_000): Promise<void> {
	const until = Date.now() + deadlineMs;
	while (Date.now() < until) {
		const approval = await deps.store.approvals.get(approvalId);
		if (!approval || isEnded(approval.status)) return;
		const work =
			approval.status === "verifying" ? verify(deps, approvalId, pause) : execute(deps, approvalId);
		await work.catch((error: unknown) => {
			if (toAppError(error).code !== "unavailable") throw error;
		});
		await pause(20);
	}
	throw new Error(`${approvalId} did not end within ${deadlineMs} ms`);
}

const sizeParameters = z.strictObject({ service: z.string() });

/** A remediation with a way back: four tasks become six, and four again. */
function setSize(cloud: FakeCloud): AnyRemediation {
	const target = (plan: { readonly targets: readonly { readonly name: string }[] }) =>
		plan.targets[0]?.name ?? "";
	return defineRemediation({
		name: "set-size",
		version: 1,
		title: "Set the size of a group",
		description: "Changes how many tasks run.",
		risk: "low",
		reversal: "rollback",
		usualSeconds: 1,
		longestSeconds: 10,
		showsAfterSeconds: 0,
		iam: { read: [], write: [] },
		parameters: sizeParameters,
		plan: async ({ service }) => ({
			title: `Scale ${service}`,
			environment: "local",
			account: "local",
			targets: [{ name: service, id: `local:${service}:size`, state: { size: 4 } }],
			summary: `Scale ${service} from 4 to 6 tasks.`,
			doneLabel: "4 → 6",
			noun: "scaling to 6",
			checks: [],
		}),
		execute: async (plan, _writer, { id }) => ({
			kind: "done",
			text: await cloud.setSize({ target: target(plan), executionId: id, size: 6 }),
		}),
		rollback: (plan, _writer, { id }) => cloud.setSize({ target: target(plan), executionId: id, size: 4 }),
		verify: () => quickCheck,
		reconcile: async (plan, _world, { id }) =>
			cloud.effects.some((effect) => effect.executionId === id && effect.target === target(plan))
				? { kind: "done", text: "scaled, as read afterwards" }
				: { kind: "not_done" },
	});
}
