import { ACCOUNT, type AwsWorld, awsWorld, MANAGED, OTHER_REGION, REGION } from "./aws-world.ts";
import { expectRefusal } from "./expect-refusal.ts";

describe("finding instances", () => {
	let world: AwsWorld;
	beforeEach(async () => {
		world = await awsWorld({ environment_tag: "Stage" });
	});
	afterEach(() => world.stop());

	it("tells what is needed to judge one", async () => {
		const { instanceId: id } = world.fake.world.region(REGION).addInstance({
			instanceType: "m5.large",
			tags: { ...MANAGED, Name: "web-1", Stage: "production", "aws:autoscaling:groupName": "web" },
			launchedAtMs: 1_700_000_000_000,
		});
		expect(await world.reader.findInstances({ ids: [id] })).toEqual([
			{
				id,
				name: "web-1",
				account: ACCOUNT,
				region: REGION,
				environment: "production",
				state: "running",
				type: "m5.large",
				launchedAtMs: 1_700_000_000_000,
				rootDevice: "ebs",
				group: "web",
				healthy: true,
				managed: true,
			},
		]);
	});

	it("takes the installation's environment and the id where tags are missing", async () => {
		const { instanceId: id } = world.fake.world.region(REGION).addInstance();
		const [found] = await world.reader.findInstances({ ids: [id] });
		expect(found).toMatchObject({ name: id, environment: "local", managed: false });
		expect(found).not.toHaveProperty("group");
	});

	it("takes another value of the required tag for none", async () => {
		const region = world.fake.world.region(REGION);
		const { instanceId: id } = region.addInstance({ tags: { smartcloudops: "Managed" } });
		expect(await world.reader.findInstances({ ids: [id] })).toMatchObject([{ managed: false }]);
	});

	it("finds by a tag in every region, sorted by id", async () => {
		const tags = { Role: "web" };
		const there = world.fake.world.region(OTHER_REGION).addInstance({ tags });
		const here = world.fake.world.region(REGION).addInstance({ tags });
		world.fake.world.region(REGION).addInstance({ tags: { Role: "db" } });
		const found = await world.reader.findInstances({ tag: { key: "Role", value: "web" } });
		expect(found.map(({ id, region }) => [id, region])).toEqual([
			[there.instanceId, OTHER_REGION],
			[here.instanceId, REGION],
		]);
		const one = await world.reader.findInstances({ region: REGION, tag: { key: "Role", value: "web" } });
		expect(one.map(({ id }) => id)).toEqual([here.instanceId]);
	});

	it("case 19: a wildcard in a tag's value means itself", async () => {
		const region = world.fake.world.region(REGION);
		region.addInstance({ tags: { Role: "web-1" } });
		region.addInstance({ tags: { Role: "web-2" } });
		expect(await world.reader.findInstances({ tag: { key: "Role", value: "web-*" } })).toEqual([]);
		expect(await world.reader.findInstances({ ids: ["i-*"] })).toEqual([]);
	});

	it("finds nothing by an empty list, without a call", async () => {
		world.fake.world.region(REGION).addInstance();
		expect(await world.reader.findInstances({ ids: [] })).toEqual([]);
		expect(world.calls("DescribeInstances")).toBe(0);
	});

	it("leaves out what is terminated and what is not there", async () => {
		const region = world.fake.world.region(REGION);
		const gone = region.addInstance({ state: "terminated" });
		const there = region.addInstance({ state: "stopped" });
		const ids = [gone.instanceId, there.instanceId, "i-0aaaaaaaaaaaaaaaa"];
		const found = await world.reader.findInstances({ ids });
		expect(found.map(({ id, state }) => [id, state])).toEqual([[there.instanceId, "stopped"]]);
	});

	it("knows the health of what runs, and says nothing of what does not", async () => {
		const region = world.fake.world.region(REGION);
		const impaired = region.addInstance({ impaired: true }).instanceId;
		const stopped = region.addInstance({ state: "stopped" }).instanceId;
		const found = await world.reader.findInstances({ ids: [impaired, stopped] });
		expect(found.map(({ healthy }) => healthy)).toEqual([false, undefined]);
	});

	it("reads every page, and more ids than one filter takes", async () => {
		const region = world.fake.world.region(REGION);
		const ids = Array.from({ length: 620 }, () => region.addInstance({ tags: MANAGED }).instanceId);
		const tag = { key: "smartcloudops", value: "managed" };
		expect(await world.reader.findInstances({ region: REGION, tag })).toHaveLength(620);
		const wanted = [...ids.slice(0, 410), ...ids.slice(0, 5)];
		expect(await world.reader.findInstances({ region: REGION, ids: wanted })).toHaveLength(410);
	});

	it("refuses more than it can hold, and a region that is not configured", async () => {
		const region = world.fake.world.region(REGION);
		for (let count = 0; count < 2001; count += 1) region.addInstance();
		await expectRefusal(
			world.reader.findInstances({ region: REGION }),
			"limited",
			/more than 2000 instances/,
		);
		await expectRefusal(world.reader.findInstances({ region: "eu-north-1" }), "invalid", /aws\.regions/);
	});
});
