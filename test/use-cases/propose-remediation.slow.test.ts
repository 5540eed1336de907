import { remediationCatalog } from "../../src/compose/remediation-catalog.ts";
import type { Actor } from "../../src/domain/actor.ts";
import { AppError } from "../../src/domain/errors.ts";
import { noFailpoint } from "../../src/ports/failpoint.ts";
import type { RemediationCatalog } from "../../src/ports/remediation-catalog.ts";
import { createEffectHolds } from "../../src/use-cases/effect-holds.ts";
import { proposeRemediation } from "../../src/use-cases/propose-remediation.ts";
import { type ExecutorWorld, executorWorld, quickCheck } from "../executor/executor-world.ts";
import { withoutAudit } from "../fakes/altered-store.ts";
import { exampleActor, exampleRule } from "../fakes/example-approval.ts";
import { exampleAnomaly, exampleIncident, exampleWatch } from "../fakes/example-watch.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";
import { policyRules } from "../fakes/policy-rules.ts";

let world: ExecutorWorld;
let next = 0;
const target = () => `p${++next}`;
const agent: Actor = { kind: "agent", name: "detection" };

beforeAll(async () => {
	world = await executorWorld(Array.from({ length: 30 }, (_, i) => `p${i + 1}`));
});
afterAll(() => world.test.close());
beforeEach(() => {
	world.policy = [exampleRule()];
});

const deps = () => ({
	store: world.test.store,
	jobs: { nudge: () => undefined },
	catalog: remediationCatalog(world.remediations, world.cloud.reader),
	rules: policyRules(world.policy),
	watches: [exampleWatch({ name: "load", metric: "load" })],
	metrics: fakeMetrics(),
	holds: createEffectHolds([]),
	failpoint: noFailpoint,
	guards: () => [],
});
const ask = (service: string, actor: Actor = agent, incidentId?: string) =>
	proposeRemediation(deps(), actor, {
		remediation: "restart-service",
		parameters: { service },
		verification: quickCheck,
		...(incidentId ? { incidentId } : {}),
	});

describe("a proposal", () => {
	it("is a request with plan, hash, rule, requester and deadline, in the audit, and changes nothing in the world", async () => {
		const approval = await ask(target());
		expect(approval).toMatchObject({
			status: "proposed",
			requester: agent,
			rule: exampleRule(),
			decisions: [],
		});
		expect(approval.expiresAtMs - approval.createdAtMs).toBe(15 * 60_000);
		expect(approval.planHash).toMatch(/^[0-9a-f]{64}$/);
		expect(await world.audited(approval)).toEqual(["approval.proposed"]);
		expect(world.cloud.effects).toEqual([]);
	});

	it("case 10: by a person's question names that person as the requester", async () => {
		const anna = await world.person("anna", "operator");
		const approval = await ask(target(), exampleActor(anna));
		expect(approval.requester).toMatchObject({ kind: "person", person: { id: anna.id } });
		await expect(world.decide(approval, anna)).rejects.toMatchObject({ code: "forbidden" });
	});

	it("is shown where it was asked for by the same commit, so that a lost answer loses no card", async () => {
		const conversation = { platform: "slack", id: "C1:1.2" };
		const approval = await proposeRemediation(deps(), agent, {
			remediation: "restart-service",
			parameters: { service: target() },
			askedIn: { conversation, channel: "C1" },
		});
		expect(
			await world.test.query(
				"select channel, conversation from smartcloudops.deliveries where subject = $1",
				[`approval:${approval.id}`],
			),
		).toEqual([{ channel: "C1", conversation: "C1:1.2" }]);
	});

	it("is refused to who may not request, and where no policy covers it", async () => {
		const viewer = exampleActor(await world.person("vera", "viewer"));
		await expect(ask(target(), viewer)).rejects.toMatchObject({
			code: "forbidden",
			message: "Requesting this needs the role admin or operator.",
		});
		world.policy = [];
		await expect(ask(target())).rejects.toMatchObject({ code: "forbidden" });
	});

	it("is refused for what does not exist or does not fit, with the reason", async () => {
		await expect(ask("nowhere")).rejects.toMatchObject({ code: "not_found" });
		await expect(ask("$(reboot)")).rejects.toMatchObject({ code: "invalid" });
		const other = proposeRemediation(deps(), agent, { remediation: "delete-all", parameters: {} });
		await expect(other).rejects.toMatchObject({ code: "not_found" });
	});

	it("ends as it begins where a check of the plan fails, so that it is seen and nobody is asked", async () => {
		const { catalog } = deps();
		const failing: RemediationCatalog = {
			...catalog,
			plan: async (...input) => ({
				...(await catalog.plan(...input)),
				checks: [{ verdict: "fail", text: "The group is at its maximum of 4" }],
			}),
		};
		const name = target();
		const approval = await proposeRemediation({ ...deps(), catalog: failing }, agent, {
			remediation: "restart-service",
			parameters: { service: name },
		});
		expect(approval).toMatchObject({
			status: "cancelled",
			outcome: "Nobody was asked: The group is at its maximum of 4. Nothing was changed.",
		});
		expect(await world.audited(approval)).toEqual(["approval.proposed", "approval.cancelled"]);
		const anna = await world.person("anna", "operator");
		await expect(world.decide(approval, anna)).rejects.toMatchObject({ code: "conflict" });
	});

	it("that needs a permission of AWS waits for its check before anybody may decide", async () => {
		const { catalog } = deps();
		const need = { action: "ec2:RebootInstances", region: "eu-west-1", resources: ["arn:aws:ec2:x"] };
		const asking: RemediationCatalog = {
			...catalog,
			plan: async (...input) => ({ ...(await catalog.plan(...input)), permissions: [need] }),
		};
		const approval = await proposeRemediation({ ...deps(), catalog: asking }, agent, {
			remediation: "restart-service",
			parameters: { service: target() },
		});
		expect(approval).toMatchObject({ status: "proposed", preflight: { state: "pending", checks: [] } });
		const jobs = await world.test.query(
			"select id from smartcloudops_jobs.job where name = 'check-approval' and data->>'approvalId' = $1",
			[approval.id],
		);
		expect(jobs).toHaveLength(1);
	});

	it("case 30: is refused while a freeze covers it, and names the freeze", async () => {
		const { store } = world.test;
		const name = target();
		const freeze = await store.freezes.create({
			scope: { target: name },
			actorName: "anna",
			createdAtMs: await store.now(),
		});
		await expect(ask(name)).rejects.toMatchObject({
			code: "conflict",
			message: expect.stringContaining("anna"),
		});
		await store.freezes.lift(freeze.id);
		expect((await ask(name)).status).toBe("proposed");
	});

	it("that can't be audited is none", async () => {
		const name = target();
		const store = withoutAudit(world.test.store);
		const asked = proposeRemediation({ ...deps(), store }, agent, {
			remediation: "restart-service",
			parameters: { service: name },
		});
		await expect(asked).rejects.toThrow("the audit's disk is full");
		expect((await world.test.store.approvals.list({ target: name }, { limit: 5 })).items).toEqual([]);
	});
});

describe("a second proposal of the same change", () => {
	it("is refused while the first is open, and names it", async () => {
		const name = target();
		const first = await ask(name);
		await expect(ask(name)).rejects.toMatchObject({
			code: "conflict",
			message: `${first.id} (${first.plan.title}) waits for a decision on ${name} already.`,
			extra: { state: "proposed", approvalId: first.id },
		});
	});

	it("is refused too when both come at once: of ten one is made", async () => {
		const name = target();
		const results = await Promise.allSettled(Array.from({ length: 10 }, () => ask(name)));
		const made = results.filter((result) => result.status === "fulfilled");
		expect(made).toHaveLength(1);
		for (const result of results)
			expect(
				result.status === "fulfilled" ||
					(result.reason instanceof AppError && result.reason.code === "conflict"),
			).toBe(true);
		expect((await world.test.store.approvals.list({ target: name }, { limit: 20 })).items).toHaveLength(1);
	});

	it("is a new request once the first has ended", async () => {
		const name = target();
		const first = await ask(name);
		await world.decide(first, await world.person("anna", "operator"), "deny");
		expect((await ask(name)).id).not.toBe(first.id);
	});

	it("is refused however many ended ones there are since the open one", async () => {
		const name = target();
		const { approvals } = world.test.store;
		const { id: _id, version: _version, decisions: _decisions, ...open } = await ask(name);
		for (let i = 0; i < 25; i += 1) await approvals.create({ ...open, status: "denied" });
		await expect(ask(name)).rejects.toMatchObject({ code: "conflict" });
	});

	it("of another remediation on the same target is another request", async () => {
		const name = target();
		await ask(name);
		const other = await world.propose(name, { remediation: "set-size" });
		expect(other.status).toBe("proposed");
	});
});

describe("a proposal for an incident", () => {
	it("that nobody knows is refused by its name, and nothing is asked for", async () => {
		const name = target();
		await expect(ask(name, agent, "INC-999")).rejects.toMatchObject({
			code: "not_found",
			message: "There is no incident INC-999.",
		});
		const { items } = await world.test.store.approvals.list({ target: name }, { limit: 5 });
		expect(items).toEqual([]);
	});

	it("that is over meanwhile is refused: nothing is left to remedy", async () => {
		const name = target();
		const { id: _id, version: _version, ...parts } = exampleIncident({ target: name, status: "resolved" });
		const incident = await world.test.store.incidents.create(parts);
		await expect(ask(name, agent, incident.id)).rejects.toMatchObject({
			code: "conflict",
			message: `${incident.id} is over, so there is nothing left to remedy.`,
		});
	});

	it("that names no check is checked by the metric that raised the incident, whoever asks", async () => {
		const name = target();
		const { store } = world.test;
		const { id: _id, version: _version, ...parts } = exampleIncident({ target: name });
		const incident = await store.incidents.create(parts);
		const { id: _anomaly, ...anomaly } = exampleAnomaly({
			watch: "load",
			target: name,
			incidentId: incident.id,
		});
		await store.anomalies.create(anomaly);
		const asked = { remediation: "restart-service", parameters: { service: name } };
		const approval = await proposeRemediation(deps(), agent, { ...asked, incidentId: incident.id });
		expect(approval.plan.verification).toMatchObject({
			watch: "load",
			metric: "load",
			band: { high: anomaly.band.high },
		});
	});

	it("that is open belongs to it", async () => {
		const name = target();
		const { id: _id, version: _version, ...parts } = exampleIncident({ target: name });
		const incident = await world.test.store.incidents.create(parts);
		expect((await ask(name, agent, incident.id)).incidentId).toBe(incident.id);
	});
});
