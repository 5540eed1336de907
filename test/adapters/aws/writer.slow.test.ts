import type { AwsDocument } from "../../../src/ports/aws-reader.ts";
import { type AwsWorld, awsWorld, MANAGED, OTHER_REGION, REGION, shippedDocument } from "./aws-world.ts";
import { expectRefusal } from "./expect-refusal.ts";

const RESTART = "SmartCloudOps-RestartService";

describe("changing instances", () => {
	let world: AwsWorld;
	beforeEach(async () => {
		world = await awsWorld();
	});
	afterEach(() => world.stop());
	const add = (options = {}) =>
		world.fake.world.region(REGION).addInstance({ tags: MANAGED, ...options }).instanceId;
	const request = (...ids: string[]) => ({ region: REGION, ids, executionId: "execution-1" });

	it("reboots, starts and stops each in one call for all", async () => {
		const running = [add(), add()];
		const stopped = add({ state: "stopped" });
		await world.writer.rebootInstances(request(...running));
		await world.writer.startInstances(request(stopped));
		await world.writer.stopInstances(request(...running));
		expect(world.fake.effects.map(({ operation, targets }) => [operation, targets])).toEqual([
			["RebootInstances", running],
			["StartInstances", [stopped]],
			["StopInstances", running],
		]);
		expect(world.fake.effects[2]?.detail).toEqual({ force: false });
	});

	it("changes nothing by starting what runs", async () => {
		await world.writer.startInstances(request(add()));
		expect(world.fake.effects).toEqual([]);
	});

	it("says why EC2 refuses", async () => {
		await expectRefusal(world.writer.rebootInstances(request(add({ state: "stopped" }))), "conflict");
		await expectRefusal(world.writer.stopInstances(request("i-0aaaaaaaaaaaaaaaa")), "not_found");
		expect(world.fake.effects).toEqual([]);
	});

	it.each([
		["none", []],
		["a list with one twice", ["i-0aaaaaaaaaaaaaaaa", "i-0aaaaaaaaaaaaaaaa"]],
		[
			"more than 50",
			Array.from({ length: 51 }, (_, n) => `i-0aaaaaaaaaaaaaa${n.toString(16).padStart(2, "0")}`),
		],
		["what is no id", ["*"]],
	])("sends nothing for %s", async (_what, ids) => {
		await expectRefusal(world.writer.rebootInstances(request(...ids)), "invalid");
		expect(world.fake.calls).toEqual([]);
	});

	it("sends nothing to a region that is not configured", async () => {
		await expectRefusal(
			world.writer.stopInstances({ ...request("i-0aaaaaaaaaaaaaaaa"), region: "eu-north-1" }),
			"invalid",
			/aws\.regions/,
		);
		expect(world.calls("StopInstances")).toBe(0);
	});

	it("goes to the region that is named", async () => {
		const { instanceId } = world.fake.world.region(OTHER_REGION).addInstance();
		await world.writer.rebootInstances({ ...request(instanceId), region: OTHER_REGION });
		expect(world.fake.effects[0]?.region).toBe(OTHER_REGION);
	});
});

describe("sending a command", () => {
	let world: AwsWorld;
	let id: string;
	let document: AwsDocument;
	beforeEach(async () => {
		world = await awsWorld();
		const region = world.fake.world.region(REGION);
		id = region.addInstance({ tags: MANAGED }).instanceId;
		region.addDocument(RESTART, shippedDocument("restart-service"));
		document = await world.reader.readDocument(REGION, RESTART);
	});
	afterEach(() => world.stop());
	const send = (changes: Partial<Parameters<typeof world.writer.sendCommand>[0]> = {}) =>
		world.writer.sendCommand({
			region: REGION,
			document,
			instanceIds: [id],
			parameters: { Unit: ["checkout.service"] },
			timeoutSeconds: 10,
			executionId: "execution-1",
			...changes,
		});

	it("pins the document and carries the execution's id", async () => {
		const { commandId } = await send();
		const [effect] = world.fake.effects;
		expect(effect).toMatchObject({ operation: "SendCommand", targets: [id], comment: "execution-1" });
		expect(effect?.detail).toMatchObject({ commandId, documentVersion: "1", hash: document.hash });
		const input = world.fake.calls.find(({ operation }) => operation === "SendCommand")?.input;
		expect(input).toMatchObject({ DocumentHashType: "Sha256", TimeoutSeconds: 30 });
		expect(input).not.toHaveProperty("OutputS3BucketName");
	});

	it("case 21: runs the pinned version where the default moved, and nothing where the content is another", async () => {
		const region = world.fake.world.region(REGION);
		region.addDocument(RESTART, shippedDocument("restart-service").replace("Restarts", "Restarts at once"));
		await send();
		expect(world.fake.effects[0]?.detail).toMatchObject({ documentVersion: "1" });
		const forged = { ...document, version: "2" };
		const error = await expectRefusal(send({ document: forged }), "not_found", /content is another/);
		expect(error.extra.changed).toBe(false);
		expect(world.fake.effects).toHaveLength(1);
	});

	it.each([
		["$(reboot)", "a command substitution"],
		["`reboot`", "backticks"],
		["a.service\nreboot", "a new line"],
		["a.service\n", "a new line at the end"],
		["{{ssm:/prod/password}}", "a reference to a parameter"],
		["a'; reboot; '", "quotes"],
		["--now", "an option"],
		["../x", "a way up"],
		["a..b", "two dots"],
		["", "nothing"],
		["x".repeat(200), "too much"],
	])("case 51: %j is refused before anything is sent: %s", async (unit) => {
		await expectRefusal(send({ parameters: { Unit: [unit] } }), "invalid", /does not allow/);
		expect(world.calls("SendCommand")).toBe(0);
	});

	it.each([
		["no parameters", { parameters: {} }],
		["two values", { parameters: { Unit: ["a.service", "b.service"] } }],
		["a parameter that is not declared", { parameters: { Unit: ["a.service"], Other: ["x"] } }],
		[
			"a parameter that every object seems to have",
			{ parameters: { Unit: ["a.service"], ...(JSON.parse('{"__proto__": ["x"]}') as object) } },
		],
		["an id of 101 characters", { executionId: "x".repeat(101) }],
		["no id", { executionId: "" }],
		["no instances", { instanceIds: [] }],
		[
			"51 instances",
			{ instanceIds: Array.from({ length: 51 }, (_, n) => `i-${String(n).padStart(17, "0")}`) },
		],
	])("sends nothing for %s", async (_what, changes) => {
		const error = await expectRefusal(send(changes), "invalid");
		expect(error.extra.changed).toBe(false);
		expect(world.calls("SendCommand")).toBe(0);
	});

	it("sends no document but ours, and none that is not pinned", async () => {
		for (const wrong of [
			{ name: "AWS-RunShellScript" },
			{ name: "toString" },
			{ version: "$LATEST" },
			{ version: "" },
			{ hash: "" },
		])
			await expectRefusal(send({ document: { ...document, ...wrong } }), "invalid", /was not sent/);
		expect(world.calls("SendCommand")).toBe(0);
	});

	it("says that an agent is not known", async () => {
		const { instanceId } = world.fake.world.region(REGION).addInstance({ ping: null });
		await expectRefusal(send({ instanceIds: [instanceId] }), "conflict", /agent/);
		expect(world.fake.effects).toEqual([]);
	});
});
