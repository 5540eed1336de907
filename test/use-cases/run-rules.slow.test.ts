import { remediationCatalog } from "../../src/compose/remediation-catalog.ts";
import type { StandingRule } from "../../src/domain/standing-rule.ts";
import { noFailpoint } from "../../src/ports/failpoint.ts";
import { autonomyMessage } from "../../src/use-cases/commands/autonomy.ts";
import { createEffectHolds } from "../../src/use-cases/effect-holds.ts";
import { openIncident } from "../../src/use-cases/open-incident.ts";
import { proposeRemediation } from "../../src/use-cases/propose-remediation.ts";
import { readAutonomy } from "../../src/use-cases/read-autonomy.ts";
import { runRules } from "../../src/use-cases/run-rules.ts";
import { scoreRules } from "../../src/use-cases/score-rules.ts";
import { type ExecutorWorld, executorWorld } from "../executor/executor-world.ts";
import { exampleApproval } from "../fakes/example-approval.ts";
import { exampleWatch } from "../fakes/example-watch.ts";
import { fakeMetrics } from "../fakes/fake-metrics.ts";
import { policyRules } from "../fakes/policy-rules.ts";
import { exampleFinding } from "./incident-world.ts";

let world: ExecutorWorld;
let next = 0;

beforeAll(async () => {
	world = await executorWorld(Array.from({ length: 10 }, (_, i) => `s${i + 1}`));
});
afterAll(() => world.test.close());

const rule = (parts: Partial<StandingRule>): StandingRule => ({
	name: `rule-${++next}`,
	watch: `watch-${next}`,
	severity: "high",
	forSeconds: 0,
	maximumTargets: 1,
	remediation: "restart-service",
	parameters: { service: "$target" },
	mode: "ask",
	...parts,
});

/** One process that runs these rules. */
function process(standingRules: readonly StandingRule[], owner = "process-1") {
	const { store } = world.test;
	const catalog = remediationCatalog(world.remediations, world.cloud.reader);
	const jobs = { nudge: () => undefined };
	const proposing = {
		store,
		jobs,
		catalog,
		watches: [],
		metrics: fakeMetrics(),
		rules: policyRules(world.policy),
		failpoint: noFailpoint,
		holds: createEffectHolds([]),
		guards: () => [],
	};
	return {
		store,
		standingRules,
		catalog,
		logger: world.logger,
		owner,
		propose: (...[actor, input]: Parameters<Parameters<typeof runRules>[0]["propose"]>) =>
			proposeRemediation(proposing, actor, input),
	};
}

const open = (one: StandingRule, target: string) =>
	openIncident(
		{ store: world.test.store, jobs: { nudge: () => undefined } },
		exampleFinding(exampleWatch({ name: one.watch, target: { name: target } })),
	);
const requestsOf = async (target: string) =>
	(await world.test.store.approvals.list({ target }, { limit: 10 })).items;

describe("standing rules over a real store", () => {
	it("ask for the remediation of a finding once, whatever the number of looks and processes", async () => {
		const ask = rule({});
		const { incidentId } = await open(ask, "s1");
		for (const owner of ["process-1", "process-1", "process-2"]) await runRules(process([ask], owner));
		const requests = await requestsOf("s1");
		expect(requests).toMatchObject([
			{ status: "proposed", incidentId, requester: { kind: "agent", name: `rule ${ask.name}` } },
		]);
		const [standing] = await readAutonomy(world.test.store, [ask]);
		expect(standing?.record).toMatchObject({ runs: 1, open: 1 });
		expect(standing?.last).toMatchObject({ approvalId: requests[0]?.id });
		expect(standing?.last?.note).toBe(`${requests[0]?.id} (Restart s1) is proposed`);
	});

	it("show how their request stands now, not what was said when they asked", async () => {
		const ask = rule({});
		await open(ask, "s6");
		await runRules(process([ask]));
		const again = rule({ watch: ask.watch });
		await runRules(process([again]));
		const [request] = await requestsOf("s6");
		if (!request) throw new Error("nothing was asked for");
		await world.test.store.approvals.move(request.id, "proposed", "denied", {
			outcome: "No.",
			endedAtMs: Date.now(),
		});
		const standings = await readAutonomy(world.test.store, [again]);
		expect(standings[0]?.last?.note).toBe(`${request.id} (Restart s6) is denied`);
		expect(autonomyMessage(standings).table?.rows[0]?.[5]).toContain(
			`; ${request.id} (Restart s6) is denied`,
		);
	});

	it("with mode shadow only note what they would have asked for", async () => {
		const shadow = rule({ mode: "shadow" });
		await open(shadow, "s2");
		await runRules(process([shadow]));
		expect(await requestsOf("s2")).toEqual([]);
		const [standing] = await readAutonomy(world.test.store, [shadow]);
		expect(standing?.last?.note).toContain("Restart s2");
		expect(world.cloud.effects).toEqual([]);
	});

	it("note why it could not be planned", async () => {
		const shadow = rule({ mode: "shadow", parameters: { service: "nobody" } });
		await open(shadow, "s3");
		await runRules(process([shadow]));
		const [standing] = await readAutonomy(world.test.store, [shadow]);
		expect(standing?.last?.note).toContain("nobody");
	});

	it("begin a new record with each edit", async () => {
		const first = rule({ mode: "shadow" });
		await open(first, "s4");
		await runRules(process([first]));
		const edited = { ...first, forSeconds: 1 };
		const [standing] = await readAutonomy(world.test.store, [edited]);
		expect(standing?.record.runs).toBe(0);
	});

	it.each([
		["does not become wrong where only another watch of the target was outside again", "s7", false],
		["is wrong where the same watch was outside again on the target", "s8", true],
	])("a score %s", async (_, target, same) => {
		const shadow = rule({ mode: "shadow" });
		const anomaly = await open(shadow, target);
		await runRules(process([shadow]));
		const { store } = world.test;
		const { id } = await store.approvals.create({
			...exampleApproval({ incidentId: anomaly.incidentId, status: "executing" }),
			createdAtMs: await store.now(),
		});
		await store.approvals.move(id, "executing", "verifying");
		await store.approvals.move(id, "verifying", "succeeded", {
			outcome: "Verified.",
			endedAtMs: await store.now(),
		});
		const incident = await store.incidents.get(anomaly.incidentId);
		if (!incident) throw new Error("the incident is gone");
		const { closedAtMs: _open, ...finding } = anomaly;
		await store.anomalies.save({ ...finding, closedAtMs: await store.now() });
		const resolvedAtMs = await store.now();
		await store.incidents.save({ ...incident, status: "resolved", resolvedAtMs, outcome: "remediated" });
		const back = await open(same ? shadow : rule({}), target);
		const outsideSinceMs = (await store.now()) + 1000;
		await store.anomalies.save({ ...back, outsideSinceMs });
		const later = await store.incidents.get(back.incidentId);
		if (later) await store.incidents.save({ ...later, openedAtMs: outsideSinceMs });
		await scoreRules({ store });
		const [standing] = await readAutonomy(store, [shadow]);
		const reason = same ? `${id} helped, but it came back as ${back.incidentId}` : undefined;
		expect(standing?.last?.score?.reason).toBe(reason);
		expect(standing?.last?.score?.verdict).toBe(same ? "wrong" : undefined);
	});

	it("are scored once the incident is over, and shown with their bound", async () => {
		const shadow = rule({ mode: "shadow" });
		const anomaly = await open(shadow, "s5");
		await runRules(process([shadow]));
		await scoreRules({ store: world.test.store });
		const { store } = world.test;
		const incident = await store.incidents.get(anomaly.incidentId);
		if (!incident) throw new Error("the incident is gone");
		const resolvedAtMs = await store.now();
		await store.incidents.save({ ...incident, status: "resolved", resolvedAtMs, outcome: "recovered" });
		await scoreRules({ store });
		const standings = await readAutonomy(store, [shadow]);
		expect(standings[0]?.last?.score).toMatchObject({ verdict: "wrong", reason: "it was over by itself" });
		expect(autonomyMessage(standings).table?.rows[0]?.slice(0, 5)).toEqual([
			shadow.name,
			"shadow",
			"1",
			"0 of 1",
			"0 %",
		]);
	});
});
