import type { Plan } from "../../src/domain/plan.ts";
import type { AnyRemediation } from "../../src/remediations/define-remediation.ts";
import { startInstance } from "../../src/remediations/start-instance.ts";
import { stopInstance } from "../../src/remediations/stop-instance.ts";
import { ACCOUNT, MANAGED, REGION } from "../adapters/aws/aws-world.ts";
import { type RemediationWorld, remediationWorld } from "./aws/remediation-world.ts";

let world: RemediationWorld;

beforeEach(async () => {
	world = await remediationWorld();
});
afterEach(() => world.stop());

const rollBack = (remediation: AnyRemediation, plan: Plan) => {
	if (remediation.reversal !== "rollback") throw new Error("it has a way back");
	const run = { id: "X-1-rollback", intendedAtMs: 0 };
	return remediation.rollback(plan, world.cloudWriter, run, world.cloudReader);
};
const region = () => world.fake.world.region(REGION);
const until = async (id: string, state: string) => {
	const deadline = Date.now() + 5000;
	while (region().instance(id).state !== state && Date.now() < deadline)
		await new Promise((done) => setTimeout(done, 2));
	expect(region().instance(id).state).toBe(state);
};

describe("planning a start", () => {
	it("names the stopped instance and what it costs from then on", async () => {
		const id = world.addInstance({ tags: { Name: "batch" }, state: "stopped", instanceType: "m5.large" });
		const plan = await world.plan(startInstance, { instance: "batch" });
		expect(plan).toMatchObject({
			title: "Start batch",
			summary: `Start batch (${id}), in ${REGION}.`,
			doneLabel: "started",
			otherwise: "it is rolled back",
			targets: [{ id: `aws:${ACCOUNT}:${REGION}:${id}`, state: { state: "stopped", type: "m5.large" } }],
		});
		expect(plan.checks).toContainEqual({
			verdict: "info",
			text: "Cost: $0.00\u00a0/h → $0.0960\u00a0/h by the configured prices",
		});
		expect(plan.permissions.map(({ action }) => action)).toEqual(["ec2:StartInstances", "ec2:StopInstances"]);
	});

	it("says which price is missing", async () => {
		world.addInstance({ tags: { Name: "batch" }, state: "stopped", instanceType: "x9.huge" });
		expect((await world.plan(startInstance, { instance: "batch" })).checks).toContainEqual({
			verdict: "info",
			text: "Cost per hour is not known: no price of x9.huge is configured",
		});
	});

	it("of what runs is refused", async () => {
		const id = world.addInstance({ tags: { Name: "batch" } });
		await expect(world.plan(startInstance, { instance: "batch" })).rejects.toMatchObject({
			code: "conflict",
			message: `Only a stopped instance can be started: batch (${id}) is running.`,
		});
	});
});

describe("planning a stop", () => {
	it("says what is lost, what stays and what it saves", async () => {
		const id = world.addInstance({ tags: { Name: "batch" } });
		const plan = await world.plan(stopInstance, { instance: id });
		expect(plan).toMatchObject({ title: "Stop batch", risk: "high", reversal: "rollback" });
		expect(plan.checks.map(({ text }) => text)).toEqual(
			expect.arrayContaining([
				"Lost: data on instance store volumes, and a public address that is not elastic",
				"Its root volume, other EBS volumes and private addresses stay",
				"Cost: $0.0104\u00a0/h → $0.00\u00a0/h by the configured prices; its volumes go on costing",
			]),
		);
	});

	it("of a group's member is refused, with what to do instead", async () => {
		const group = region().addGroup({ name: "web", desired: 2, tags: MANAGED });
		const id = group.members[0]?.instanceId ?? "";
		await expect(world.plan(stopInstance, { instance: id })).rejects.toMatchObject({
			code: "conflict",
			message: `${id} would be replaced at once by the group web; scale the group instead (scale-group).`,
		});
	});
});

const WAYS = [
	["start", startInstance, "stopped", "running", "StartInstances", "StopInstances"],
	["stop", stopInstance, "running", "stopped", "StopInstances", "StartInstances"],
] as const;

describe.each(WAYS)("the call of a %s", (_way, remediation, before, after, operation, back) => {
	const add = (count = 1) =>
		Array.from({ length: count }, () => world.addInstance({ tags: { Role: "batch" }, state: before }));
	const planned = () => world.plan(remediation, { tag: "Role=batch" });

	it("goes on until every instance is there, with one effect, and can be taken back", async () => {
		const ids = add(2);
		const plan = await planned();
		expect(await world.execute(remediation, plan)).toMatchObject({ kind: "under_way" });
		expect(await world.outcome(remediation, plan)).toMatchObject({
			kind: "done",
			text: expect.stringMatching(/^(?:Started|Stopped) 2 instances$/),
		});
		for (const id of ids) await until(id, after);
		expect(await rollBack(remediation, plan)).toMatch(/^2 instances are being (?:stopped|started) again$/);
		for (const id of ids) await until(id, before);
		expect(world.effects()).toEqual([`${operation} ${ids.join(" ")}`, `${back} ${ids.join(" ")}`]);
	});

	it("cut before its effect is made once, when it is certain that it did not happen", async () => {
		const [id = ""] = add();
		const plan = await planned();
		world.fake.faults.add({ kind: "cut-before" }, { operation });
		await expect(world.execute(remediation, plan)).rejects.toMatchObject({ code: "unavailable" });
		expect(await world.reconcile(remediation, plan, 29)).toMatchObject({ kind: "not_known" });
		expect(await world.reconcile(remediation, plan, 30)).toEqual({ kind: "not_done" });
		expect(world.hash(await planned())).toBe(world.hash(plan));
		await world.execute(remediation, plan);
		expect(await world.outcome(remediation, plan)).toMatchObject({ kind: "done" });
		expect(world.effects()).toEqual([`${operation} ${id}`]);
	});

	it("cut after its effect is found out by states, and never made again", async () => {
		const [id = ""] = add();
		const plan = await planned();
		world.fake.faults.add({ kind: "cut-after" }, { operation });
		await expect(world.execute(remediation, plan)).rejects.toMatchObject({ code: "unavailable" });
		expect(await world.outcome(remediation, plan)).toMatchObject({ kind: "done" });
		expect(world.effects()).toEqual([`${operation} ${id}`]);
	});

	it("that comes after its client has given up is seen, not repeated", async () => {
		await world.stop();
		world = await remediationWorld({}, {}, { effectMs: 500 });
		const [id = ""] = add();
		const plan = await planned();
		world.fake.faults.add({ kind: "slow", ms: 1500 }, { operation });
		await expect(world.execute(remediation, plan)).rejects.toMatchObject({ code: "unavailable" });
		expect(await world.reconcile(remediation, plan, 1)).toMatchObject({ kind: "not_known" });
		await until(id, after);
		expect(await world.reconcile(remediation, plan, 31)).toMatchObject({ kind: "done" });
		expect(world.effects()).toEqual([`${operation} ${id}`]);
	});

	it("that reached only some of its instances ends as failed, and names the others", async () => {
		const ids = add(2);
		const plan = await planned();
		world.fake.faults.add({ kind: "partial", targets: 1 }, { operation });
		await expect(world.execute(remediation, plan)).rejects.toMatchObject({ code: "unavailable" });
		await until(ids[0] ?? "", after);
		expect(await world.reconcile(remediation, plan, 5)).toMatchObject({ kind: "under_way" });
		expect(await world.reconcile(remediation, plan, 31)).toEqual({
			kind: "failed",
			text: expect.stringContaining(`1 of 2; ${ids[1]}: still ${before}`),
		});
	});

	it("case 20: of an instance that was launched anew or is gone is never sent again", async () => {
		const [id = ""] = add();
		const plan = await planned();
		region().instance(id).launchedAtMs += 1000;
		expect(await world.reconcile(remediation, plan, 60)).toMatchObject({ kind: "failed" });
		region().replaceInstance(id);
		await until(id, "terminated");
		expect(await world.reconcile(remediation, plan, 60)).toEqual({ kind: "failed", text: `${id} is gone` });
	});

	it("is not taken back where an instance is not as it was left, and nothing is sent", async () => {
		const ids = add(2);
		const plan = await planned();
		await world.execute(remediation, plan);
		for (const id of ids) await until(id, after);
		region().replaceInstance(ids[1] ?? "");
		await until(ids[1] ?? "", "terminated");
		await expect(rollBack(remediation, plan)).rejects.toMatchObject({
			code: "conflict",
			message: `Somebody else has changed it since: ${ids[1]} is gone; look at it and decide anew.`,
		});
		expect(world.effects()).toEqual([`${operation} ${ids.join(" ")}`]);
	});

	it("is taken back once, however often that is asked for", async () => {
		const [id = ""] = add();
		const plan = await planned();
		await world.execute(remediation, plan);
		await until(id, after);
		await rollBack(remediation, plan);
		await until(id, before);
		await rollBack(remediation, plan);
		expect(world.effects()).toEqual([`${operation} ${id}`, `${back} ${id}`]);
	});

	it("whose way back can't read the state says that nothing was taken back", async () => {
		const [id = ""] = add();
		const plan = await planned();
		await world.execute(remediation, plan);
		await until(id, after);
		world.fake.faults.add({ kind: "cut-before" }, { operation: "DescribeInstances", count: 99 });
		await expect(rollBack(remediation, plan)).rejects.toMatchObject({ extra: { changed: false } });
		expect(world.effects()).toEqual([`${operation} ${id}`]);
	});
});

describe("the way back of a stop", () => {
	it("leaves alone what somebody started and stopped again", async () => {
		const id = world.addInstance({ tags: { Role: "batch" } });
		const plan = await world.plan(stopInstance, { tag: "Role=batch" });
		await world.execute(stopInstance, plan);
		await until(id, "stopped");
		region().instance(id).launchedAtMs += 60_000;
		await expect(rollBack(stopInstance, plan)).rejects.toMatchObject({
			code: "conflict",
			message: expect.stringContaining(`${id} was started and stopped again`),
		});
		expect(world.effects()).toEqual([`StopInstances ${id}`]);
	});
});
