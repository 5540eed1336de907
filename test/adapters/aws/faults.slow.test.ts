import type { AppError } from "../../../src/domain/errors.ts";
import type { AwsDocument } from "../../../src/ports/aws-reader.ts";
import type { Fault } from "../../fakes/aws/faults.ts";
import { type AwsWorld, awsWorld, IMPATIENT, MANAGED, REGION, shippedDocument } from "./aws-world.ts";
import { refusalOf } from "./expect-refusal.ts";

const RESTART = "SmartCloudOps-RestartService";

type Effect = (world: AwsWorld, ids: readonly string[], document: AwsDocument) => Promise<unknown>;
const EFFECTS: readonly (readonly [string, Effect])[] = [
	[
		"RebootInstances",
		({ writer }, ids) => writer.rebootInstances({ region: REGION, ids: [...ids], executionId: "e" }),
	],
	[
		"StopInstances",
		({ writer }, ids) => writer.stopInstances({ region: REGION, ids: [...ids], executionId: "e" }),
	],
	[
		"SetDesiredCapacity",
		({ writer }) => writer.setDesiredCapacity({ region: REGION, group: "web", expected: 1, desired: 2 }),
	],
	[
		"SendCommand",
		({ writer }, ids, document) =>
			writer.sendCommand({
				region: REGION,
				document,
				instanceIds: [...ids],
				parameters: { Unit: ["checkout.service"] },
				timeoutSeconds: 60,
				executionId: "e",
			}),
	],
];

/** A fault, the effects that are left behind, and whether the error proves that there is none. */
const FAULTS: readonly (readonly [string, Fault, number, boolean])[] = [
	["throttled", { kind: "throttle" }, 0, true],
	["with expired credentials", { kind: "expired" }, 0, true],
	["left hanging before the effect", { kind: "hang", at: "before" }, 0, false],
	["left hanging after the effect", { kind: "hang", at: "after" }, 1, false],
	["cut before the effect", { kind: "cut-before" }, 0, false],
	["cut after the effect", { kind: "cut-after" }, 1, false],
	["failed before the effect", { kind: "error", at: "before" }, 0, false],
	["failed after the effect", { kind: "error", at: "after" }, 1, false],
];

describe.each(EFFECTS)("case 26: %s is called once", (operation, effect) => {
	let world: AwsWorld;
	let ids: string[];
	let document: AwsDocument;
	beforeEach(async () => {
		world = await awsWorld({}, {}, IMPATIENT);
		const region = world.fake.world.region(REGION);
		ids = [region.addInstance({ tags: MANAGED }), region.addInstance()].map(({ instanceId }) => instanceId);
		region.addGroup({ name: "web", tags: MANAGED });
		region.addDocument(RESTART, shippedDocument("restart-service"));
		document = await world.reader.readDocument(REGION, RESTART);
	});
	afterEach(() => world.stop());

	it.each(FAULTS)("%s", async (_what, fault, effects, unchanged) => {
		const planted = world.fake.faults.add(fault, { operation });
		const error = await refusalOf(effect(world, ids, document), world.key.secretAccessKey);
		// Once the fake has noticed that the caller gave up, nothing more can come of it.
		await settled(() => world.calls(operation) > 0);
		world.fake.faults.clear();
		expect(planted.fired()).toBe(1);
		expect(world.calls(operation)).toBe(1);
		expect(world.fake.effects).toHaveLength(effects);
		expect(error.code).toBe(fault.kind === "throttle" ? "limited" : "unavailable");
		expect(provesNothing(error)).toBe(unchanged);
	});
});

describe("a change of several instances", () => {
	it("of which only some were changed is not known to have changed nothing", async () => {
		const world = await awsWorld({}, {}, IMPATIENT);
		const region = world.fake.world.region(REGION);
		const ids = [region.addInstance(), region.addInstance()].map(({ instanceId }) => instanceId);
		world.fake.faults.add({ kind: "partial", targets: 1 }, { operation: "RebootInstances" });
		const error = await refusalOf(world.writer.rebootInstances({ region: REGION, ids, executionId: "e" }));
		expect(error.code).toBe("unavailable");
		expect(provesNothing(error)).toBe(false);
		expect(world.fake.effects[0]?.targets).toEqual(ids.slice(0, 1));
		expect(world.calls("RebootInstances")).toBe(1);
		await world.stop();
	});
});

describe("what comes before an effect", () => {
	let world: AwsWorld;
	beforeEach(async () => {
		world = await awsWorld({}, {}, IMPATIENT);
		world.fake.world.region(REGION).addGroup({ name: "web" });
	});
	afterEach(() => world.stop());
	const scale = () =>
		world.writer.setDesiredCapacity({ region: REGION, group: "web", expected: 1, desired: 2 });

	it.each(["GetCallerIdentity", "DescribeAutoScalingGroups"])(
		"and fails (%s) says that nothing was changed",
		async (operation) => {
			world.fake.faults.add({ kind: "error", at: "before" }, { operation, count: 9 });
			const error = await refusalOf(scale());
			expect(error).toMatchObject({ code: "unavailable", extra: { changed: false } });
			expect(world.calls("SetDesiredCapacity")).toBe(0);
		},
	);
});

describe("reading", () => {
	let world: AwsWorld;
	beforeEach(async () => {
		world = await awsWorld({}, {}, IMPATIENT);
		world.fake.world.region(REGION).addInstance();
	});
	afterEach(() => world.stop());
	const find = () => world.reader.findInstances({ region: REGION });

	it.each([
		["throttled", { kind: "throttle" }],
		["cut", { kind: "cut-before" }],
		["failed", { kind: "error", at: "before" }],
		["left hanging", { kind: "hang", at: "before" }],
	] as const)("goes on after it was %s once", async (_what, fault) => {
		world.fake.faults.add(fault, { operation: "DescribeInstances" });
		expect(await find()).toHaveLength(1);
	});

	it("is tried three times and no more", async () => {
		world.fake.faults.add({ kind: "throttle" }, { operation: "DescribeInstances", count: 9 });
		expect(await refusalOf(find())).toMatchObject({ code: "limited", retryAfterSeconds: 5 });
		expect(world.calls("DescribeInstances")).toBe(3);
	});

	it("ends, however often AWS does not answer", async () => {
		world.fake.faults.add({ kind: "hang", at: "before" }, { count: 99 });
		expect(await refusalOf(find())).toMatchObject({ code: "unavailable" });
	});

	it("with expired credentials says what to do, at once", async () => {
		world.fake.faults.add({ kind: "expired" }, { operation: "DescribeInstances", count: 9 });
		const error = await refusalOf(find(), world.key.secretAccessKey);
		expect(error.message).toMatch(/credentials .*; renew them, or correct aws\.reader_profile/);
		expect(world.calls("DescribeInstances")).toBe(1);
	});

	it("names the permission that is missing", async () => {
		world.fake.keys.set(world.key.accessKeyId, {
			...world.key,
			allow: ["autoscaling:*", "ssm:ListCommands"],
		});
		const missing: readonly (readonly [string, Promise<unknown>])[] = [
			["ec2:DescribeInstances", find()],
			["ssm:DescribeDocument", world.reader.readDocument(REGION, RESTART)],
			["ssm:DescribeInstanceInformation", world.reader.reachable(REGION, ["i-0aaaaaaaaaaaaaaaa"])],
		];
		for (const [action, work] of missing) {
			const error = await refusalOf(work);
			expect(error).toMatchObject({ code: "forbidden", extra: { action } });
			expect(error.message).toContain(`AWS refuses ${action}: the reader's role`);
		}
		expect(await world.reader.listGroups()).toEqual([]);
		expect(await world.reader.findCommand(REGION, "e", 0)).toBeUndefined();
	});
});

test("case 26: a command that is too far down the list is not called missing", async () => {
	const world = await awsWorld();
	const region = world.fake.world.region(REGION);
	const { instanceId } = region.addInstance();
	region.addDocument(RESTART, shippedDocument("restart-service"));
	const document = await world.reader.readDocument(REGION, RESTART);
	const send = (executionId: string) =>
		world.writer.sendCommand({
			region: REGION,
			document,
			instanceIds: [instanceId],
			parameters: { Unit: ["checkout.service"] },
			timeoutSeconds: 60,
			executionId,
		});
	await send("execution-1");
	for (let batch = 0; batch < 40; batch += 1)
		await Promise.all(Array.from({ length: 50 }, (_, number) => send(`other-${batch}-${number}`)));
	const error = await refusalOf(world.reader.findCommand(REGION, "execution-1", 0));
	expect(error).toMatchObject({ code: "unavailable" });
	expect(error.message).toMatch(/look for its comment/);
	await world.stop();
}, 180_000);

function provesNothing(error: AppError): boolean {
	return error.code !== "unavailable" || error.extra.changed === false;
}

async function settled(isSettled: () => boolean): Promise<void> {
	const endMs = Date.now() + 5000;
	while (!isSettled() && Date.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 5));
}
