import { ACCOUNT, type AwsWorld, awsWorld, MANAGED, OTHER_REGION, REGION } from "./aws-world.ts";
import { expectRefusal } from "./expect-refusal.ts";

describe("groups", () => {
	let world: AwsWorld;
	beforeEach(async () => {
		world = await awsWorld();
	});
	afterEach(() => world.stop());

	it("tells size, limits, instances, and what is suspended", async () => {
		const region = world.fake.world.region(REGION);
		region.addGroup({
			name: "web",
			minSize: 1,
			maxSize: 6,
			desired: 2,
			instanceType: "m5.large",
			tags: { ...MANAGED, Environment: "production" },
			suspended: ["Launch", "AZRebalance"],
		});
		const [first, second] = region.instances().map(({ instanceId }) => instanceId);
		const member = region.group("web").members[1];
		if (member) member.health = "Unhealthy";
		expect(await world.reader.readGroup("web")).toEqual({
			name: "web",
			arn: `arn:aws:autoscaling:${REGION}:${ACCOUNT}:autoScalingGroup:1:autoScalingGroupName/web`,
			account: ACCOUNT,
			region: REGION,
			environment: "production",
			minimum: 1,
			maximum: 6,
			desired: 2,
			instances: [
				{ id: first, type: "m5.large", healthy: true },
				{ id: second, type: "m5.large", healthy: false },
			],
			managed: true,
			suspended: ["AZRebalance", "Launch"],
		});
	});

	it("are listed from every region and every page, by name", async () => {
		for (let number = 0; number < 130; number += 1)
			world.fake.world.region(REGION).addGroup({ name: `g-${number}`, minSize: 0, desired: 0 });
		world.fake.world.region(OTHER_REGION).addGroup({ name: "a" });
		const names = (await world.reader.listGroups()).map(({ name }) => name);
		expect(names).toHaveLength(131);
		expect(names[0]).toBe("a");
		expect(names).toEqual(names.toSorted());
	});

	it("that do not exist are answered with the nearest names", async () => {
		world.fake.world.region(REGION).addGroup({ name: "checkout-web" });
		world.fake.world.region(OTHER_REGION).addGroup({ name: "search" });
		await expectRefusal(
			world.reader.readGroup("chekout-web"),
			"not_found",
			/nearest are checkout-web, search/,
		);
		await expectRefusal(world.reader.readGroup("search", REGION), "not_found", /nearest are checkout-web/);
	});

	it("of two regions need the region", async () => {
		world.fake.world.region(REGION).addGroup({ name: "web" });
		world.fake.world.region(OTHER_REGION).addGroup({ name: "web" });
		await expectRefusal(world.reader.readGroup("web"), "invalid", /eu-west-1 and us-east-1; name the region/);
		expect(await world.reader.readGroup("web", OTHER_REGION)).toMatchObject({ region: OTHER_REGION });
	});

	it.each(["", "a\nb", "x".repeat(300), "\u202eweb"])(
		"by a name that can't be (%p) are not there",
		async (name) => {
			await expectRefusal(world.reader.readGroup(name), "not_found");
		},
	);
});

describe("setting the desired capacity", () => {
	let world: AwsWorld;
	const request = { region: REGION, group: "web", expected: 2, desired: 3 };
	beforeEach(async () => {
		world = await awsWorld();
		world.fake.world.region(REGION).addGroup({ name: "web", desired: 2, maxSize: 4, tags: MANAGED });
	});
	afterEach(() => world.stop());
	const size = () => world.fake.world.region(REGION).group("web").desired;

	it("sets it in one call, a cooldown notwithstanding", async () => {
		expect(await world.writer.setDesiredCapacity(request)).toEqual({ changed: true });
		expect(await world.writer.setDesiredCapacity({ ...request, expected: 3, desired: 4 })).toEqual({
			changed: true,
		});
		expect(world.fake.effects.map(({ detail }) => detail)).toEqual([
			{ from: 2, to: 3 },
			{ from: 3, to: 4 },
		]);
	});

	it("sends nothing where it is so already", async () => {
		world.fake.world.region(REGION).group("web").desired = 3;
		expect(await world.writer.setDesiredCapacity(request)).toEqual({ changed: false });
		expect(world.calls("SetDesiredCapacity")).toBe(0);
	});

	it("case 22: refuses where another changed it meanwhile, and sends nothing", async () => {
		world.fake.world.region(REGION).group("web").desired = 1;
		const error = await expectRefusal(world.writer.setDesiredCapacity(request), "conflict", /has 1 .* had 2/);
		expect(error.extra.changed).toBe(false);
		expect(world.calls("SetDesiredCapacity")).toBe(0);
		expect(size()).toBe(1);
	});

	it.each([5, 0, 2.5, Number.NaN])(
		"refuses %p, which the group does not allow, and sends nothing",
		async (desired) => {
			await expectRefusal(
				world.writer.setDesiredCapacity({ ...request, desired }),
				"invalid",
				/1 to 4 instances/,
			);
			expect(world.calls("SetDesiredCapacity")).toBe(0);
		},
	);

	it("refuses while the group is being scaled, or gone", async () => {
		world.fake.world.region(REGION).group("web").locked = true;
		await expectRefusal(world.writer.setDesiredCapacity(request), "conflict", /present state/);
		await expectRefusal(world.writer.setDesiredCapacity({ ...request, group: "other" }), "not_found");
		expect(world.fake.effects).toEqual([]);
	});
});
