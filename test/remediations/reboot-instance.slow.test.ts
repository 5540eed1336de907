import { rebootInstance } from "../../src/remediations/reboot-instance.ts";
import { ACCOUNT, MANAGED, OTHER_REGION, REGION } from "../adapters/aws/aws-world.ts";
import { type RemediationWorld, remediationWorld } from "./aws/remediation-world.ts";

let world: RemediationWorld;

beforeEach(async () => {
	world = await remediationWorld();
});
afterEach(() => world.stop());

const texts = (plan: { readonly checks: readonly { readonly text: string }[] }) =>
	plan.checks.map(({ text }) => text);
const region = () => world.fake.world.region(REGION);

describe("planning a reboot", () => {
	it("names the one instance by its id and its name, and what stays", async () => {
		const id = world.addInstance({ tags: { Name: "web-1", Environment: "production" } });
		const plan = await world.plan(rebootInstance, { instance: "web-1" });
		expect(plan).toMatchObject({
			title: "Reboot web-1",
			environment: "production",
			account: ACCOUNT,
			region: REGION,
			summary: `Reboot web-1 (${id}), in ${REGION}.`,
			doneLabel: "rebooted",
			targets: [
				{
					name: "web-1",
					id: `aws:${ACCOUNT}:${REGION}:${id}`,
					state: { type: "t3.micro", state: "running", group: "none", rootDevice: "ebs" },
				},
			],
			permissions: [
				{
					action: "ec2:RebootInstances",
					region: REGION,
					resources: [`arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${id}`],
				},
			],
		});
		expect(texts(plan)).toEqual(
			expect.arrayContaining([
				expect.stringContaining(`${id} runs since {{time:`),
				`Nothing is known that serves in place of web-1 (${id}): no group and no service of the configuration`,
				"Addresses and volumes stay, and so does data on an instance store",
				"Costs nothing extra",
			]),
		);
		expect(world.effects()).toEqual([]);
		expect(await world.plan(rebootInstance, { instance: id })).toMatchObject({ targets: plan.targets });
	});

	it("by a tag takes all that carry it, sorted by id, and says how many of the service remain", async () => {
		const ids = [1, 2, 3].map((n) =>
			world.addInstance({ tags: { Name: `orders-${n}`, Service: "orders", Role: n < 3 ? "blue" : "green" } }),
		);
		const plan = await world.plan(rebootInstance, { tag: "Role=blue" });
		expect(plan.title).toBe("Reboot 2 instances");
		expect(plan.summary).toBe(
			`Reboot 2 instances: orders-1 (${ids[0]}) and orders-2 (${ids[1]}), in ${REGION}, all at once.`,
		);
		expect(plan.targets.map(({ name }) => name)).toEqual(["orders-1", "orders-2"]);
		expect(plan.checks).toContainEqual({
			verdict: "pass",
			text: "1 healthy instance of orders remains meanwhile",
		});
	});

	it("case 25: of many keeps all of them in the plan, and says how many where only some are named", async () => {
		const ids = Array.from({ length: 50 }, () => world.addInstance({ tags: { Role: "many" } }));
		const plan = await world.plan(rebootInstance, { tag: "Role=many" });
		expect(plan.targets.map(({ id }) => id)).toEqual(ids.map((id) => `aws:${ACCOUNT}:${REGION}:${id}`));
		expect(plan.summary).toBe(
			`Reboot 50 instances: ${ids.slice(0, 5).join(", ")} and 45 others, in ${REGION}, all at once.`,
		);
		expect(plan.checks.length).toBeLessThan(8);
		expect(plan.checks[0]).toEqual({ verdict: "pass", text: "All 50 run and pass their status checks" });
		world.fake.world.region(REGION).instance(ids[7] ?? "").impaired = true;
		expect((await world.plan(rebootInstance, { tag: "Role=many" })).checks[0]).toEqual({
			verdict: "info",
			text: `All 50 run; not known to pass their status checks: ${ids[7]}`,
		});
	});

	it("of a member says how many healthy ones of its group remain, and how many it needs", async () => {
		const group = region().addGroup({ name: "web", minSize: 3, desired: 4, tags: MANAGED });
		const id = group.members[0]?.instanceId ?? "";
		const plan = await world.plan(rebootInstance, { instance: id });
		expect(plan.checks).toContainEqual({
			verdict: "pass",
			text: "3 healthy instances of web remain meanwhile; the group needs at least 3",
		});
		const all = await world.plan(rebootInstance, { tag: "smartcloudops=managed" });
		expect(all.checks[0]).toEqual({
			verdict: "info",
			text: "All 4 instances of web at once: web is down for about 2 min; the group needs at least 3",
		});
	});

	it("of a service's whole fleet says first that it is down, and for how long", async () => {
		const add = (role: string) => world.addInstance({ tags: { Service: "orders", Role: role } });
		add("a");
		const first = async (tag: string) => (await world.plan(rebootInstance, { tag })).checks[0];
		expect(await first("Service=orders")).toEqual({
			verdict: "info",
			text: "The only instance of orders: orders is down for about 2 min",
		});
		add("a");
		const ill = add("b");
		expect(await first("Service=orders")).toEqual({
			verdict: "info",
			text: "All 3 instances of orders at once: orders is down for about 2 min",
		});
		region().instance(ill).impaired = true;
		expect(await first("Role=a")).toEqual({
			verdict: "info",
			text: "No healthy instance of orders remains: orders is down for about 2 min",
		});
	});

	it("refuses what is not there, not running, not managed, or several by one name", async () => {
		const stopped = world.addInstance({ tags: { Name: "old" }, state: "stopped" });
		const foreign = region().addInstance({ tags: { Name: "theirs" } }).instanceId;
		const twins = [
			world.addInstance({ tags: { Name: "web" } }),
			world.addInstance({ tags: { Name: "web" } }),
		];
		const refusal = async (parameters: unknown) => {
			const error: unknown = await world.plan(rebootInstance, parameters).catch((thrown: unknown) => thrown);
			return error instanceof Error && "code" in error ? `${String(error.code)}: ${error.message}` : error;
		};
		expect(await refusal({ instance: "nobody" })).toBe(
			`not_found: No instance is found by nobody in ${REGION} and ${OTHER_REGION}.`,
		);
		expect(await refusal({ instance: "old" })).toBe(
			`conflict: Only a running instance can be rebooted: old (${stopped}) is stopped.`,
		);
		expect(await refusal({ instance: foreign })).toBe(
			`conflict: Only what carries the tag smartcloudops=managed may be changed from here, and theirs (${foreign}) does not.`,
		);
		expect(await refusal({ instance: "web" })).toBe(
			`conflict: 2 instances are named web: ${twins[0]} in ${REGION} and ${twins[1]} in ${REGION}; name one by its id.`,
		);
		expect(await refusal({ instance: "web", region: "eu-north-1" })).toBe(
			`invalid: eu-north-1 is not a region that is set up here; there are: ${REGION}, ${OTHER_REGION}.`,
		);
		expect(await refusal({})).toBe(
			"invalid: Reboot an instance: the parameters: name either an instance or a tag.",
		);
	});

	it("refuses a tag that means two regions, two environments, or over fifty instances", async () => {
		world.addInstance({ tags: { Role: "edge" } });
		world.fake.world.region(OTHER_REGION).addInstance({ tags: { ...MANAGED, Role: "edge" } });
		await expect(world.plan(rebootInstance, { tag: "Role=edge" })).rejects.toMatchObject({
			code: "conflict",
			message: `the tag Role=edge means instances of 2 regions (${REGION} and ${OTHER_REGION}); name one region.`,
		});
		expect((await world.plan(rebootInstance, { tag: "Role=edge", region: REGION })).targets).toHaveLength(1);
		world.addInstance({ tags: { Role: "edge", Environment: "staging" } });
		await expect(world.plan(rebootInstance, { tag: "Role=edge", region: REGION })).rejects.toMatchObject({
			message:
				"the tag Role=edge means instances of 2 environments (local and staging); one request changes one environment.",
		});
		for (let count = 0; count < 51; count++) world.addInstance({ tags: { Role: "many" } });
		await expect(world.plan(rebootInstance, { tag: "Role=many" })).rejects.toMatchObject({
			code: "invalid",
			message: expect.stringContaining("means 51 instances, and at most 50"),
		});
	});
});

describe("the hash of a reboot's plan", () => {
	it("case 19: is another when a tag means more targets than before", async () => {
		world.addInstance({ tags: { Role: "edge" } });
		const before = await world.plan(rebootInstance, { tag: "Role=edge" });
		expect(world.hash(await world.plan(rebootInstance, { tag: "Role=edge" }))).toBe(world.hash(before));
		for (let count = 0; count < 40; count++) world.addInstance({ tags: { Role: "edge" } });
		expect(world.hash(await world.plan(rebootInstance, { tag: "Role=edge" }))).not.toBe(world.hash(before));
	});

	it("case 20: is another when the target was replaced, and a target in another account is refused unsent", async () => {
		const id = world.addInstance({ tags: { Name: "web-1" } });
		const plan = await world.plan(rebootInstance, { instance: "web-1" });
		region().replaceInstance(id);
		const after = await world.plan(rebootInstance, { instance: "web-1" });
		expect(world.hash(after)).not.toBe(world.hash(plan));
		const elsewhere = { ...plan, account: "999900001111" };
		await expect(world.execute(rebootInstance, elsewhere)).rejects.toMatchObject({
			code: "conflict",
			message: `The plan is for account 999900001111, and the credentials for changes belong to ${ACCOUNT}.`,
		});
		expect(world.effects()).toEqual([]);
	});
});

describe("the call of a reboot", () => {
	it("reboots the planned instances once and is done when AWS took the order", async () => {
		const ids = [world.addInstance({ tags: { R: "1" } }), world.addInstance({ tags: { R: "1" } })];
		const plan = await world.plan(rebootInstance, { tag: "R=1" });
		expect(await world.execute(rebootInstance, plan)).toEqual({
			kind: "done",
			text: "Rebooted 2 instances: AWS took the order, and booting takes about 2 min",
		});
		expect(world.effects()).toEqual([`RebootInstances ${ids.join(" ")}`]);
	});

	it("cut before its effect is seen minutes later not to have left, and is not sent again", async () => {
		world.addInstance({ tags: { Name: "web-1" } });
		const plan = await world.plan(rebootInstance, { instance: "web-1" });
		world.fake.faults.add({ kind: "cut-before" }, { operation: "RebootInstances" });
		await expect(world.execute(rebootInstance, plan)).rejects.toMatchObject({ code: "unavailable" });
		expect(await world.reconcile(rebootInstance, plan, 360)).toMatchObject({ kind: "not_known" });
		expect(await world.reconcile(rebootInstance, plan, 361)).toMatchObject({
			kind: "never_sent",
			text: expect.stringContaining("never left"),
		});
		expect(world.effects()).toEqual([]);
	});

	it("cut after its effect is found out by the boot time, and never sent twice", async () => {
		world.addInstance({ tags: { Name: "web-1" } });
		const plan = await world.plan(rebootInstance, { instance: "web-1" });
		world.fake.faults.add({ kind: "cut-after" }, { operation: "RebootInstances" });
		await expect(world.execute(rebootInstance, plan)).rejects.toMatchObject({ code: "unavailable" });
		for (const seconds of [5, 61])
			expect(await world.reconcile(rebootInstance, plan, seconds)).toEqual({
				kind: "done",
				text: "Rebooted 1 instance: booted again, as read afterwards",
			});
		expect(world.effects()).toHaveLength(1);
	});

	it("case 26: without boot times in the metrics its outcome stays unknown, whatever the time", async () => {
		const id = world.addInstance({ tags: { Name: "web-1" } });
		const plan = await world.plan(rebootInstance, { instance: "web-1" });
		world.bootMetrics = false;
		world.fake.faults.add({ kind: "cut-after" }, { operation: "RebootInstances" });
		await expect(world.execute(rebootInstance, plan)).rejects.toMatchObject({ code: "unavailable" });
		for (const seconds of [1, 61, 500])
			expect(await world.reconcile(rebootInstance, plan, seconds)).toEqual({
				kind: "not_known",
				text: `no metric shows when ${id} last booted`,
			});
		expect(world.effects()).toHaveLength(1);
	});

	it("that reached only some of its instances is not repeated for the others", async () => {
		const ids = [world.addInstance({ tags: { R: "1" } }), world.addInstance({ tags: { R: "1" } })];
		const plan = await world.plan(rebootInstance, { tag: "R=1" });
		world.fake.faults.add({ kind: "partial", targets: 1 }, { operation: "RebootInstances" });
		await expect(world.execute(rebootInstance, plan)).rejects.toMatchObject({ code: "unavailable" });
		expect(await world.reconcile(rebootInstance, plan, 61)).toMatchObject({ kind: "under_way" });
		expect(await world.reconcile(rebootInstance, plan, 361)).toEqual({
			kind: "failed",
			text: `1 of 2 instances booted again; not seen to: ${ids[1]}`,
		});
	});
});
