import { remediationCatalog } from "../../src/compose/remediation-catalog.ts";
import type { Approval } from "../../src/domain/approval.ts";
import { wordToType } from "../../src/domain/confirmation.ts";
import type { VerificationSpec } from "../../src/domain/plan.ts";
import { checkApproval } from "../../src/executor/check-approval.ts";
import { noFailpoint } from "../../src/ports/failpoint.ts";
import type { AnyRemediation } from "../../src/remediations/define-remediation.ts";
import { remediations } from "../../src/remediations/registry.ts";
import { decideApproval } from "../../src/use-cases/decide-approval.ts";
import { createEffectHolds } from "../../src/use-cases/effect-holds.ts";
import { proposeRemediation } from "../../src/use-cases/propose-remediation.ts";
import { type ExecutorWorld, executorWorld, quickCheck, runToEnd } from "../executor/executor-world.ts";
import { exampleActor } from "../fakes/example-approval.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";
import { policyRules } from "../fakes/policy-rules.ts";
import { ASKED } from "./aws/asked.ts";
import { type RemediationWorld, remediationWorld } from "./aws/remediation-world.ts";

const cases = remediations.map((remediation) => [remediation.name, remediation] as const);
let executor: ExecutorWorld;
const worlds: RemediationWorld[] = [];

beforeEach(async () => {
	executor = await executorWorld([]);
});
afterEach(async () => {
	await Promise.all(worlds.splice(0).map((world) => world.stop()));
	await executor.test.close();
});

/** A request that was checked with AWS and approved, and what its executor holds. */
async function approved(remediation: AnyRemediation, check?: VerificationSpec) {
	const world = await remediationWorld();
	worlds.push(world);
	const parameters = ASKED[remediation.name]?.(world) ?? {};
	const { store } = executor.test;
	const [jobs, rules, holds] = [
		{ nudge: () => undefined },
		policyRules(executor.policy),
		createEffectHolds([]),
	];
	const deps = executor.deps({
		remediations,
		reader: world.cloudReader,
		writer: world.cloudWriter,
		...(check ? {} : { metrics: world.metrics }),
		owner: `process of ${remediation.name}`,
	});
	const proposed = await proposeRemediation(
		{
			store,
			jobs,
			// What metrics show late is checked at once here.
			catalog: remediationCatalog(
				remediations.map((one) => ({ ...one, showsAfterSeconds: 0 })),
				world.cloudReader,
			),
			rules,
			watches: [],
			metrics: fakeMetrics(),
			holds,
			failpoint: noFailpoint,
			guards: () => [],
		},
		{ kind: "agent", name: "detection" },
		{ remediation: remediation.name, parameters, ...(check ? { verification: check } : {}) },
	);
	await checkApproval(deps, proposed.id);
	const approval = await decideApproval(
		{ store, jobs, rules, holds, failpoint: noFailpoint },
		exampleActor(await executor.person("anna", "operator")),
		{
			approvalId: proposed.id,
			verdict: "approve",
			reason: "it is needed",
			confirmation: wordToType(proposed.plan),
		},
	);
	const operation = proposed.plan.permissions[0]?.action.split(":")[1] ?? "";
	const effect = {
		operation,
		when: ({ input }: { readonly input: Readonly<Record<string, unknown>> }) =>
			input.Comment !== "SmartCloudOps report",
	};
	return { world, deps, approval, effect };
}
const ended = async (approval: Approval) => {
	const { status, outcome } = await executor.now(approval);
	return `${status}: ${outcome}`;
};

describe.each(cases)("an approved %s", (_name, remediation) => {
	it("is checked with AWS before, runs once and succeeds", async () => {
		const { world, deps, approval } = await approved(remediation);
		expect(approval.preflight?.state).toBe("passed");
		await runToEnd(deps, approval.id);
		expect(await ended(approval)).toMatch(/^succeeded: /);
		expect(world.effects()).toHaveLength(1);
	});

	it("whose reply is lost after the effect is found to have run, with one effect", async () => {
		const { world, deps, approval, effect } = await approved(remediation);
		world.fake.faults.add({ kind: "cut-after" }, effect);
		await runToEnd(deps, approval.id);
		expect(await ended(approval)).toMatch(/^succeeded: /);
		expect(world.effects()).toHaveLength(1);
	});
});

describe("requests whose call is cut before its effect", () => {
	it("end with one effect where that is certain to be right, else with none", async () => {
		// A reboot stays unknown: nothing in the world tells sooner than it could still come.
		const told = remediations.filter(({ name }) => name !== "reboot-instance");
		const runs = await Promise.all(
			told.map(async (remediation) => {
				const { world, deps, approval, effect } = await approved(remediation);
				world.fake.faults.add({ kind: "cut-before" }, effect);
				await runToEnd(deps, approval.id, 80_000);
				const { status } = await executor.now(approval);
				return [remediation.name, `${status}, effects: ${world.effects().length}`];
			}),
		);
		expect(Object.fromEntries(runs)).toEqual({
			"restart-service": "failed, effects: 0",
			"start-instance": "succeeded, effects: 1",
			"stop-instance": "succeeded, effects: 1",
			"scale-group": "succeeded, effects: 1",
			"clean-disk": "failed, effects: 0",
		});
	}, 90_000);
});

describe.each(cases.filter(([, { reversal }]) => reversal === "rollback"))(
	"a %s that does not help",
	(_name, remediation) => {
		it("is taken back, once", async () => {
			executor.metrics.showValue(() => 1000);
			const { world, deps, approval } = await approved(remediation, quickCheck);
			await runToEnd(deps, approval.id);
			expect(await ended(approval)).toMatch(/^rolled_back: /);
			expect(world.effects()).toHaveLength(2);
		});
	},
);
