import { createHash } from "node:crypto";
import { parse } from "yaml";
import type { AwsDocument } from "../../../src/ports/aws-reader.ts";
import { type AwsWorld, awsWorld, MANAGED, REGION, shippedDocument } from "./aws-world.ts";
import { expectRefusal } from "./expect-refusal.ts";

const RESTART = "SmartCloudOps-RestartService";
const REPORT = "SmartCloudOps-CleanDiskReport";
const PARAMETERS = { Paths: ["/var/log/checkout"], OlderThanDays: ["7"] };
const secret = ["AKIA", "IOSFODNN7EXAMPLE"].join("");

describe("documents of Systems Manager", () => {
	let world: AwsWorld;
	beforeEach(async () => {
		world = await awsWorld();
	});
	afterEach(() => world.stop());

	it("are pinned to the default version and the hash of its content", async () => {
		const content = shippedDocument("restart-service");
		world.fake.world.region(REGION).addDocument(RESTART, content);
		expect(await world.reader.readDocument(REGION, RESTART)).toEqual({
			name: RESTART,
			version: "1",
			hash: createHash("sha256").update(content).digest("hex"),
			ours: true,
		});
	});

	it("are ours by what they mean, whether as YAML or as JSON", async () => {
		const json = JSON.stringify(parse(shippedDocument("restart-service")), undefined, 4);
		world.fake.world.region(REGION).addDocument(RESTART, json);
		expect(await world.reader.readDocument(REGION, RESTART)).toMatchObject({ ours: true });
	});

	it("case 21: another default version is seen, and is not ours with one character more", async () => {
		const region = world.fake.world.region(REGION);
		region.addDocument(RESTART, shippedDocument("restart-service"));
		const before = await world.reader.readDocument(REGION, RESTART);
		region.addDocument(RESTART, shippedDocument("restart-service").replace("is-active", "is-active "));
		const after = await world.reader.readDocument(REGION, RESTART);
		expect(after).toMatchObject({ version: "2", ours: false });
		expect(after.hash).not.toBe(before.hash);
	});

	it("are not ours under a name that is not ours", async () => {
		world.fake.world.region(REGION).addDocument("constructor", shippedDocument("restart-service"));
		expect(await world.reader.readDocument(REGION, "constructor")).toMatchObject({ ours: false });
	});

	it("that are missing are named as that", async () => {
		await expectRefusal(world.reader.readDocument(REGION, RESTART), "not_found", /terraform/);
		await expectRefusal(world.reader.readDocument(REGION, "../x"), "invalid");
	});
});

describe("reaching instances", () => {
	it("tells those whose agent is online, of these only", async () => {
		const world = await awsWorld();
		const region = world.fake.world.region(REGION);
		const online = Array.from({ length: 60 }, () => region.addInstance().instanceId);
		const lost = region.addInstance({ ping: "ConnectionLost" }).instanceId;
		const none = region.addInstance({ ping: null }).instanceId;
		const found = await world.reader.reachable(REGION, [
			...online.slice(1),
			lost,
			none,
			"i-0aaaaaaaaaaaaaaaa",
		]);
		expect([...found].toSorted()).toEqual(online.slice(1).toSorted());
		expect(await world.reader.reachable(REGION, [])).toEqual(new Set());
		await world.stop();
	});
});

describe("finding a command", () => {
	let world: AwsWorld;
	let ids: string[];
	let document: AwsDocument;
	beforeEach(async () => {
		world = await awsWorld();
		const region = world.fake.world.region(REGION);
		ids = [region.addInstance(), region.addInstance()].map(({ instanceId }) => instanceId);
		region.addDocument(RESTART, shippedDocument("restart-service"));
		document = await world.reader.readDocument(REGION, RESTART);
	});
	afterEach(() => world.stop());
	const send = (executionId: string) =>
		world.writer.sendCommand({
			region: REGION,
			document,
			instanceIds: ids,
			parameters: { Unit: ["checkout.service"] },
			timeoutSeconds: 60,
			executionId,
		});
	const find = (comment: string, sinceMs = Date.now() - 60_000) =>
		world.reader.findCommand(REGION, comment, sinceMs);

	it("case 26: finds it by its execution, and no other", async () => {
		const sentAtMs = Date.now();
		const { commandId } = await send("execution-2");
		await send("execution-22");
		const found = await find("execution-2");
		expect(found?.id).toBe(commandId);
		expect(Math.abs((found?.sentAtMs ?? 0) - sentAtMs)).toBeLessThan(30_000);
		expect(await find("execution-3")).toBeUndefined();
		expect(await find("execution-2", Date.now() + 60_000)).toBeUndefined();
	});

	it("tells what became of it on each instance", async () => {
		world.fake.onCommand(({ instanceId }) =>
			instanceId === ids[0] ? { output: "done" } : { status: "Failed", output: "no such unit" },
		);
		await send("execution-1");
		const found = await until(
			() => find("execution-1"),
			(command) => command?.state === "failed",
		);
		expect(found?.instances.map(({ id, state }) => [id, state])).toEqual([
			[ids[0], "succeeded"],
			[ids[1], "failed"],
		]);
		expect(found?.instances.map(({ output }) => output)).toEqual([
			expect.stringContaining("done"),
			expect.stringContaining("no such unit"),
		]);
	});

	it("is under way while an instance has not answered", async () => {
		world.fake.world.region(REGION).setPing(ids[1] ?? "", "ConnectionLost");
		await send("execution-1");
		const found = await find("execution-1");
		expect(found?.state).toBe("under_way");
		expect(found?.instances.find(({ id }) => id === ids[1])).toMatchObject({ state: "under_way" });
	});

	it("case 50: outputs come without secrets, and only their end", async () => {
		world.fake.onCommand(() => ({ output: `${"x".repeat(2200)} key ${secret} password=hunter2 end` }));
		await send("execution-1");
		const found = await until(
			() => find("execution-1"),
			(command) => command?.state === "succeeded",
		);
		for (const { output } of found?.instances ?? []) {
			expect(output.length).toBeLessThanOrEqual(2000);
			expect(output).toMatch(/x key \[redacted\] password=\[redacted\] end\s*$/);
		}
	});

	it("looks through every page", async () => {
		const { commandId } = await send("execution-1");
		for (let number = 0; number < 120; number += 1) await send(`other-${number}`);
		expect(await find("execution-1")).toMatchObject({ id: commandId });
		expect(world.calls("ListCommands")).toBe(3);
	});
});

describe("running a report", () => {
	let world: AwsWorld;
	let ids: string[];
	let document: AwsDocument;
	beforeEach(async () => {
		world = await awsWorld();
		const region = world.fake.world.region(REGION);
		ids = [region.addInstance({ tags: MANAGED }), region.addInstance()].map(({ instanceId }) => instanceId);
		region.addDocument(REPORT, shippedDocument("clean-disk-report"));
		region.addDocument("SmartCloudOps-CleanDisk", shippedDocument("clean-disk"));
		document = await world.reader.readDocument(REGION, REPORT);
	});
	afterEach(() => world.stop());
	const run = (changes: Partial<Parameters<typeof world.reader.runReport>[0]> = {}) =>
		world.reader.runReport({
			region: REGION,
			document,
			instanceIds: ids,
			parameters: PARAMETERS,
			timeoutSeconds: 30,
			...changes,
		});

	it("waits for every output, in one command", async () => {
		world.fake.onCommand(({ instanceId }) => ({
			output: `{"wouldFreeBytes":1,"of":"${instanceId}"}\n`,
			runMs: 50,
		}));
		const outputs = await run();
		expect([...outputs.keys()].toSorted()).toEqual(ids.toSorted());
		for (const [id, output] of outputs) expect(JSON.parse(output)).toEqual({ wouldFreeBytes: 1, of: id });
		expect(world.calls("SendCommand")).toBe(1);
	});

	it("leaves out what failed or is late, and says so where none is left", async () => {
		world.fake.world.region(REGION).setPing(ids[1] ?? "", "ConnectionLost");
		world.fake.onCommand(() => ({ output: "{}" }));
		expect([...(await run({ timeoutSeconds: 0.2 })).keys()]).toEqual([ids[0]]);
		const late = run({ timeoutSeconds: 0.1, instanceIds: [ids[1] ?? ""] });
		await expectRefusal(late, "unavailable", /No instance reported within 0\.1 s/);
		world.fake.onCommand(() => ({ status: "Failed", output: "find: not found" }));
		const error = await expectRefusal(
			run({ instanceIds: [ids[0] ?? ""] }),
			"unavailable",
			/report failed on i-/,
		);
		expect(error.detail).toContain("find: not found");
	});

	it("runs nothing but reports of ours", async () => {
		const clean = await world.reader.readDocument(REGION, "SmartCloudOps-CleanDisk");
		await expectRefusal(run({ document: clean }), "invalid", /Only reports/);
		await expectRefusal(run({ document: { ...document, ours: false } }), "invalid", /Only reports/);
		await expectRefusal(run({ document: { ...document, name: "AWS-RunShellScript" } }), "invalid");
		expect(world.calls("SendCommand")).toBe(0);
	});
});

/** Asks again until it fits, for at most five seconds. */
async function until<Value>(ask: () => Promise<Value>, fits: (value: Value) => boolean): Promise<Value> {
	const endMs = Date.now() + 5000;
	for (;;) {
		const value = await ask();
		if (fits(value) || Date.now() > endMs) return value;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}
