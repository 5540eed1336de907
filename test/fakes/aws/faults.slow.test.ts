import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SetDesiredCapacityCommand } from "@aws-sdk/client-auto-scaling";
import { DescribeInstancesCommand, RebootInstancesCommand, StopInstancesCommand } from "@aws-sdk/client-ec2";
import { ListCommandsCommand, SendCommandCommand } from "@aws-sdk/client-ssm";
import { until } from "../../support/until.ts";
import { uniform } from "../noise.ts";
import { type AwsClients, awsClients } from "./aws-clients.ts";
import { awsFailure } from "./aws-failure.ts";
import { WRITER } from "./example-keys.ts";
import type { Fault, FaultRates } from "./faults.ts";
import type { RegionWorld } from "./region-world.ts";
import { type FakeAws, startFakeAws } from "./start-fake-aws.ts";

let aws: FakeAws;
let region: RegionWorld;
let clients: AwsClients;
let ids: string[];

beforeEach(async () => {
	aws = await startFakeAws({ keys: [WRITER] });
	region = aws.world.region("eu-west-1");
	ids = [1, 2, 3].map(() => region.addInstance().instanceId);
	region.addGroup({ name: "web", desired: 2 });
	region.addDocument("Ops-Restart", JSON.stringify({ schemaVersion: "2.2", mainSteps: [] }));
	clients = awsClients(aws, WRITER);
});
afterEach(() => aws.stop());

const reboot = (signal?: AbortSignal) =>
	clients.ec2.send(new RebootInstancesCommand({ InstanceIds: ids }), signal ? { abortSignal: signal } : {});
const scale = (capacity: number) =>
	clients.autoscaling.send(
		new SetDesiredCapacityCommand({ AutoScalingGroupName: "web", DesiredCapacity: capacity }),
	);
const send = () =>
	clients.ssm.send(new SendCommandCommand({ DocumentName: "Ops-Restart", InstanceIds: ids, Comment: "7" }));
/** Reboots, and gives up as soon as the call hangs. */
async function giveUpHanging(): Promise<string> {
	const client = new AbortController();
	const failure = awsFailure(reboot(client.signal));
	await until(() => aws.faults.hanging() === 1);
	client.abort();
	return failure;
}
/** How each service's change failed, and how many of the three happened. */
const failures = async () => [
	await awsFailure(reboot()),
	await awsFailure(scale(3)),
	await awsFailure(send()),
	aws.effects.length,
];

describe("faults", () => {
	const table: [string, Fault, unknown[]][] = [
		[
			"throttle",
			{ kind: "throttle" },
			["RequestLimitExceeded 503", "Throttling 400", "ThrottlingException 400", 0],
		],
		[
			"expired",
			{ kind: "expired" },
			["ExpiredToken 400", "ExpiredToken 403", "ExpiredTokenException 400", 0],
		],
		["cut before the effect", { kind: "cut-before" }, ["no reply", "no reply", "no reply", 0]],
		["cut after the effect", { kind: "cut-after" }, ["no reply", "no reply", "no reply", 3]],
		[
			"error before the effect",
			{ kind: "error", at: "before" },
			["InternalError 500", "InternalError 500", "InternalServerError 500", 0],
		],
		[
			"error after the effect",
			{ kind: "error", at: "after" },
			["InternalError 500", "InternalError 500", "InternalServerError 500", 3],
		],
		["slow", { kind: "slow", ms: 1 }, ["none", "none", "none", 3]],
	];
	it.each(table)("%s", async (_, fault, expected) => {
		const planted = aws.faults.add(fault, { count: 3 });
		expect(await failures()).toEqual(expected);
		expect(planted.fired()).toBe(3);
		expect(aws.calls.map((call) => call.fault)).toEqual(Array(3).fill(fault.kind));
		expect(await awsFailure(reboot())).toBe("none");
	});

	it("partial: the first targets are changed, the others are not, and the reply is an error", async () => {
		aws.faults.add({ kind: "partial", targets: 2 }, { operation: "StopInstances" });
		aws.faults.add({ kind: "partial", targets: 1 }, { operation: "SendCommand" });
		const stop = clients.ec2.send(new StopInstancesCommand({ InstanceIds: ids }));
		expect([await awsFailure(stop), await awsFailure(send())]).toEqual([
			"InternalError 500",
			"InternalServerError 500",
		]);
		expect(aws.effects.map((effect) => effect.targets)).toEqual([ids.slice(0, 2), ids.slice(0, 1)]);
		expect(region.instance(ids[2] ?? "").state).toBe("running");
		const { Commands } = await clients.ssm.send(new ListCommandsCommand({}));
		expect(Commands).toMatchObject([{ Comment: "7", TargetCount: 1 }]);
	});

	it("a hang before the effect: released it goes on, given up it never happens", async () => {
		aws.faults.add({ kind: "hang", at: "before" }, { count: 2 });
		const patient = awsFailure(reboot());
		await until(() => aws.faults.hanging() === 1);
		expect(aws.effects).toHaveLength(0);
		expect(aws.faults.release()).toBe(1);
		expect([await patient, aws.effects.length]).toEqual(["none", 1]);
		expect(await giveUpHanging()).toBe("no reply");
		await until(() => aws.calls.at(-1)?.outcome === "cut");
		expect([aws.faults.hanging(), aws.effects.length]).toEqual([0, 1]);
	});

	it("a hang after the effect: it happened, and the client does not know", async () => {
		aws.faults.add({ kind: "hang", at: "after" });
		expect(await giveUpHanging()).toBe("no reply");
		await until(() => aws.calls.length === 1);
		expect(aws.effects).toHaveLength(1);
		expect(aws.calls).toMatchObject([{ fault: "hang", outcome: "cut", effects: [1] }]);
	});

	it("a slow call makes its effect after the client has given up", async () => {
		const client = new AbortController();
		const when = () => {
			client.abort();
			return true;
		};
		aws.faults.add({ kind: "slow", ms: 60 }, { when });
		expect(await awsFailure(reboot(client.signal))).toBe("no reply");
		expect(aws.effects).toHaveLength(0);
		await until(() => aws.effects.length === 1);
	});

	it("are matched by service, operation, dry run, order and predicate", async () => {
		aws.faults.add(
			{ kind: "throttle" },
			{ service: "ec2", operation: "RebootInstances", dryRun: false, nth: 2 },
		);
		aws.faults.add({ kind: "cut-before" }, { when: (call) => call.input.DesiredCapacity === 4 });
		const dry = clients.ec2.send(new RebootInstancesCommand({ InstanceIds: ids, DryRun: true }));
		expect(await awsFailure(dry)).toBe("DryRunOperation 412");
		expect([await awsFailure(reboot()), await awsFailure(reboot()), await awsFailure(reboot())]).toEqual([
			"none",
			"RequestLimitExceeded 503",
			"none",
		]);
		expect([await awsFailure(scale(3)), await awsFailure(scale(4))]).toEqual(["none", "no reply"]);
	});

	it("a removed fault is not played, and clearing removes all", async () => {
		aws.faults.add({ kind: "throttle" }).remove();
		aws.faults.add({ kind: "cut-before" }, { count: Infinity });
		expect(await awsFailure(reboot())).toBe("no reply");
		aws.faults.clear();
		expect(await awsFailure(reboot())).toBe("none");
	});

	it("by chance are the same for the same seed, and as frequent as asked", async () => {
		const rates: FaultRates = { throttle: 0.2, "cut-before": 0.1, error: 0.1, slow: 0.1 };
		const run = async (seed: number) => {
			const planted = aws.faults.random(uniform(seed), rates, { slowMs: 1 });
			const from = aws.calls.length;
			for (let count = 0; count < 60; count++)
				await awsFailure(clients.ec2.send(new DescribeInstancesCommand({ InstanceIds: ids })));
			planted.remove();
			return aws.calls.slice(from).map((call) => call.fault);
		};
		const first = await run(7);
		expect(await run(7)).toEqual(first);
		expect(await run(8)).not.toEqual(first);
		const played = first.filter((fault) => fault !== undefined);
		expect(played.length).toBeGreaterThan(15);
		expect(played.length).toBeLessThan(45);
		expect(new Set(played)).toEqual(new Set(Object.keys(rates)));
	});

	it("stopping ends what hangs or is slow, without an effect", async () => {
		const other = await startFakeAws({ keys: [WRITER] });
		const { instanceId } = other.world.region("eu-west-1").addInstance();
		const planted = [
			other.faults.add({ kind: "hang", at: "before" }),
			other.faults.add({ kind: "slow", ms: 30_000 }),
		];
		const { ec2 } = awsClients(other, WRITER);
		const calls = [1, 2].map(() => ec2.send(new RebootInstancesCommand({ InstanceIds: [instanceId] })));
		const ends = Promise.all(calls.map(awsFailure));
		await until(() => planted.every((fault) => fault.fired() === 1));
		await other.stop();
		await until(() => other.calls.length === 2);
		expect(other.calls.map((call) => call.outcome)).toEqual(["cut", "cut"]);
		expect(await ends).toEqual(["no reply", "no reply"]);
		expect(other.effects).toEqual([]);
	});
});

describe("the log of effects", () => {
	it("is written to its file before the reply, one line an effect", async () => {
		const folder = mkdtempSync(join(tmpdir(), "fake-aws-"));
		const logFile = join(folder, "effects.jsonl");
		const logged = await startFakeAws({ keys: [WRITER], logFile });
		const { instanceId } = logged.world.region("eu-west-1").addInstance();
		const { ec2 } = awsClients(logged, WRITER);
		logged.faults.add({ kind: "cut-after" });
		await awsFailure(ec2.send(new RebootInstancesCommand({ InstanceIds: [instanceId] })));
		const lines = () => readFileSync(logFile, "utf8").trimEnd().split("\n");
		expect(lines().map((line) => JSON.parse(line))).toEqual(logged.effects);
		await ec2.send(new RebootInstancesCommand({ InstanceIds: [instanceId] }));
		expect(lines()).toHaveLength(2);
		expect(logged.effects).toMatchObject([
			{ sequence: 1, region: "eu-west-1", account: WRITER.account, accessKeyId: WRITER.accessKeyId },
			{ sequence: 2, service: "ec2", operation: "RebootInstances", targets: [instanceId] },
		]);
		await logged.stop();
		rmSync(folder, { recursive: true });
	});

	it("keeps everything, while the log of calls is bounded", async () => {
		const bounded = await startFakeAws({ keys: [WRITER], callBound: 10 });
		const { instanceId } = bounded.world.region("eu-west-1").addInstance();
		const { ec2 } = awsClients(bounded, WRITER);
		for (let count = 0; count < 45; count++)
			await ec2.send(new RebootInstancesCommand({ InstanceIds: [instanceId] }));
		expect(bounded.effects).toHaveLength(45);
		expect(bounded.calls.length).toBeLessThanOrEqual(20);
		expect(bounded.calls.at(-1)?.effects).toEqual([45]);
		await bounded.stop();
	});
});
