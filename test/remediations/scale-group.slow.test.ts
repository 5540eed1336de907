import { scaleGroup } from "../../src/remediations/scale-group.ts";
import { ACCOUNT, MANAGED, OTHER_REGION, REGION } from "../adapters/aws/aws-world.ts";
import type { RegionWorld } from "../fakes/aws/region-world.ts";
import { type RemediationWorld, remediationWorld } from "./aws/remediation-world.ts";

let world: RemediationWorld;

beforeEach(async () => {
	world = await remediationWorld();
});
afterEach(() => world.stop());

const addGroup = (options: Partial<Parameters<RegionWorld["addGroup"]>[0]> = {}) =>
	world.fake.world
		.region(REGION)
		.addGroup({ name: "web", minSize: 2, maxSize: 8, desired: 4, tags: MANAGED, ...options });
const plan = (parameters: Record<string, unknown>) => world.plan(scaleGroup, { group: "web", ...parameters });
const rollBack = (planned: Awaited<ReturnType<typeof plan>>) => {
	if (scaleGroup.reversal !== "rollback") throw new Error("it has a way back");
	const run = { id: "X-1-rollback", intendedAtMs: 0 };
	return scaleGroup.rollback(planned, world.cloudWriter, run, world.cloudReader);
};
const failed = async (parameters: Record<string, unknown>) =>
	(await plan(parameters)).checks.filter(({ verdict }) => verdict === "fail").map(({ text }) => text);

describe("planning a new size of a group", () => {
	it("says from what to what, what is healthy, what it costs, and what it needs", async () => {
		addGroup({ tags: { ...MANAGED, Environment: "production" } });
		const planned = await plan({ change: "+2" });
		expect(planned).toMatchObject({
			title: "Scale web 4 → 6",
			environment: "production",
			account: ACCOUNT,
			region: REGION,
			summary: `Scale web in ${REGION} from 4 to 6 instances.`,
			doneLabel: "4 → 6",
			noun: "scaling out",
			reversal: "rollback",
			targets: [
				{
					name: "web",
					state: { group: "web", from: 4, to: 6, minimum: 2, maximum: 8, suspended: "none" },
				},
			],
		});
		const arn = planned.targets[0]?.id ?? "";
		expect(arn).toMatch(new RegExp(`^arn:aws:autoscaling:${REGION}:${ACCOUNT}:autoScalingGroup:.*/web$`));
		expect(planned.permissions).toEqual([
			{ action: "autoscaling:SetDesiredCapacity", region: REGION, resources: [arn] },
			{ action: "autoscaling:DescribeAutoScalingGroups", region: REGION, resources: ["*"] },
		]);
		expect(planned.checks).toEqual([
			{ verdict: "pass", text: "Within the group's limits of 2 to 8" },
			{ verdict: "pass", text: "4 of 4 instances of web are healthy now, 6 expected afterwards" },
			{ verdict: "info", text: "Cost: $0.0416\u00a0/h → $0.0624\u00a0/h by the configured prices" },
			{ verdict: "info", text: "New instances take a few minutes until they serve" },
		]);
	});

	it("inwards says that instances of the group's choice are terminated for good", async () => {
		addGroup({ instanceType: "x9.huge" });
		const planned = await plan({ desired: 3 });
		expect(planned).toMatchObject({ title: "Scale web 4 → 3", noun: "scaling in" });
		expect(planned.checks).toContainEqual({
			verdict: "info",
			text: "1 instance of the group's choice is terminated; what is on their own disks is lost",
		});
		expect(planned.checks).toContainEqual({
			verdict: "info",
			text: "Cost per hour is not known: no price of x9.huge is configured",
		});
	});

	it("beyond its limits, with its process suspended, or below half can be seen but not asked for", async () => {
		addGroup({ desired: 4, maxSize: 4, minSize: 1 });
		expect(await failed({ change: 1 })).toEqual(["At its maximum of 4"]);
		expect(await failed({ desired: 0 })).toEqual([
			"0 is below its minimum of 1",
			"At most halved by one request: 4 → 2",
		]);
		const group = world.fake.world.region(REGION).group("web");
		group.maxSize = 5;
		expect(await failed({ desired: 6 })).toEqual(["6 is above its maximum of 5"]);
		group.suspended.add("Launch");
		expect(await failed({ desired: 5 })).toEqual([
			"The group's process Launch is suspended, so a new size has no effect",
		]);
		expect(await failed({ desired: 3 })).toEqual([]);
		group.suspended.add("Terminate");
		expect(await failed({ desired: 3 })).toEqual([
			"The group's process Terminate is suspended, so a new size has no effect",
		]);
	});

	it("to more than double is said, not refused", async () => {
		addGroup({ desired: 2 });
		expect((await plan({ desired: 5 })).checks).toContainEqual({
			verdict: "info",
			text: "More than double in one step: 2 → 5",
		});
	});

	it("is refused where nothing would change, by an unknown name, or without the required tag", async () => {
		addGroup();
		addGroup({ name: "theirs", tags: {} });
		await expect(plan({ desired: "4" })).rejects.toMatchObject({
			code: "conflict",
			message: "web is set to 4 instances already.",
		});
		await expect(plan({ change: 0 })).rejects.toMatchObject({ code: "conflict" });
		await expect(plan({ change: -5 })).rejects.toMatchObject({
			code: "invalid",
			message: "web has 4, so it can't be made 5 smaller.",
		});
		await expect(plan({ group: "wbe", desired: 5 })).rejects.toMatchObject({
			code: "not_found",
			message: expect.stringContaining("web"),
		});
		await expect(plan({ group: "theirs", desired: 5 })).rejects.toMatchObject({
			code: "conflict",
			message:
				"Only what carries the tag smartcloudops=managed may be changed from here, and the group theirs does not.",
		});
	});

	it("asks for the region where several have a group of that name", async () => {
		addGroup();
		world.fake.world.region(OTHER_REGION).addGroup({ name: "web", tags: MANAGED, desired: 2 });
		await expect(plan({ desired: 3 })).rejects.toMatchObject({ code: "invalid" });
		expect(await plan({ desired: 3, region: OTHER_REGION })).toMatchObject({ title: "Scale web 2 → 3" });
	});

	it.each([
		["desired and change", { desired: 5, change: 1 }],
		["neither", {}],
		["empty text", { desired: "" }],
		["nothing", { desired: null }],
		["true", { desired: true }],
		["a fraction", { desired: 4.5 }],
		["a power", { desired: "1e2" }],
		["below zero", { desired: -1 }],
		["a thousand and one", { desired: 1001 }],
		["a list", { desired: [5] }],
	])("refuses %s as the size", async (_what, parameters) => {
		addGroup();
		await expect(plan(parameters)).rejects.toMatchObject({ code: "invalid" });
	});
});

describe("the hash of a new size's plan", () => {
	it("case 22: is another once somebody else has set another size", async () => {
		addGroup();
		const byNumber = world.hash(await plan({ desired: 6 }));
		const byChange = world.hash(await plan({ change: 2 }));
		expect(world.hash(await plan({ desired: 6 }))).toBe(byNumber);
		world.fake.world.region(REGION).group("web").desired = 5;
		expect(world.hash(await plan({ desired: 6 }))).not.toBe(byNumber);
		expect(world.hash(await plan({ change: 2 }))).not.toBe(byChange);
	});

	it("is another once its limits have moved, and the same while its members come and go", async () => {
		const group = addGroup();
		const before = world.hash(await plan({ desired: 6 }));
		for (const member of group.members) member.health = "Unhealthy";
		expect(world.hash(await plan({ desired: 6 }))).toBe(before);
		group.maxSize = 7;
		expect(world.hash(await plan({ desired: 6 }))).not.toBe(before);
	});
});

describe("the call of a new size", () => {
	it("sets it once, and takes it back", async () => {
		addGroup();
		const planned = await plan({ desired: 6 });
		expect(await world.execute(scaleGroup, planned)).toEqual({ kind: "done", text: "web: set from 4 to 6" });
		expect(await world.execute(scaleGroup, planned)).toEqual({
			kind: "done",
			text: "web: was set to 6 already",
		});
		expect(await rollBack(planned)).toBe("set back to 4");
		expect(await rollBack(planned)).toBe("set back to 4");
		expect(world.effects()).toEqual(["SetDesiredCapacity web", "SetDesiredCapacity web"]);
		expect(world.fake.world.region(REGION).group("web").desired).toBe(4);
	});

	it("case 22: is refused, as its way back is, where another size was set meanwhile", async () => {
		const group = addGroup();
		const planned = await plan({ desired: 6 });
		group.desired = 5;
		await expect(world.execute(scaleGroup, planned)).rejects.toMatchObject({ code: "conflict" });
		await expect(rollBack(planned)).rejects.toMatchObject({ code: "conflict" });
		expect(world.effects()).toEqual([]);
		expect(await world.reconcile(scaleGroup, planned, 60)).toEqual({
			kind: "not_known",
			text: "web is set to 5, neither 4 nor 6",
		});
	});

	it("cut before its effect is made once, when it is certain that it did not happen", async () => {
		addGroup();
		const planned = await plan({ desired: 6 });
		world.fake.faults.add({ kind: "cut-before" }, { operation: "SetDesiredCapacity" });
		await expect(world.execute(scaleGroup, planned)).rejects.toMatchObject({ code: "unavailable" });
		expect(await world.reconcile(scaleGroup, planned, 29)).toEqual({
			kind: "not_known",
			text: "web is still set to 4",
		});
		expect(await world.reconcile(scaleGroup, planned, 30)).toEqual({ kind: "not_done" });
		expect(await world.execute(scaleGroup, planned)).toMatchObject({ kind: "done" });
		expect(world.effects()).toEqual(["SetDesiredCapacity web"]);
	});

	it("cut after its effect is found out by the size, and never made again", async () => {
		addGroup();
		const planned = await plan({ desired: 6 });
		world.fake.faults.add({ kind: "cut-after" }, { operation: "SetDesiredCapacity" });
		await expect(world.execute(scaleGroup, planned)).rejects.toMatchObject({ code: "unavailable" });
		expect(await world.reconcile(scaleGroup, planned, 5)).toEqual({
			kind: "done",
			text: "web: set to 6, as read afterwards",
		});
		expect(world.effects()).toEqual(["SetDesiredCapacity web"]);
	});

	it("by a plan without a group is refused before anything is sent", async () => {
		addGroup();
		const planned = await plan({ desired: 6 });
		const bare = { ...planned, targets: [{ name: "web", id: "x", state: {} }] };
		await expect(world.execute(scaleGroup, bare)).rejects.toMatchObject({ code: "invalid" });
		expect(world.effects()).toEqual([]);
	});
});
