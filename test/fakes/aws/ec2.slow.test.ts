import {
	DescribeInstanceStatusCommand,
	DescribeInstancesCommand,
	type EC2Client,
	RebootInstancesCommand,
	StartInstancesCommand,
	StopInstancesCommand,
} from "@aws-sdk/client-ec2";
import { awsClients } from "./aws-clients.ts";
import { awsFailure } from "./aws-failure.ts";
import { READER, STRANGER, WRITER } from "./example-keys.ts";
import { manualClock } from "./manual-clock.ts";
import { type FakeAws, startFakeAws } from "./start-fake-aws.ts";

type DryRun = { InstanceIds: string[]; DryRun: boolean };

const START_MS = Date.parse("2026-11-20T12:00:00.000Z");
const clock = manualClock(START_MS);
let aws: FakeAws;
let instanceId: string;

beforeEach(async () => {
	aws = await startFakeAws({ keys: [WRITER, READER, STRANGER], clock, transitionMs: 1000 });
	instanceId = aws.world.region("eu-west-1").addInstance({ tags: { Name: "web-1" } }).instanceId;
});
afterEach(() => aws.stop());

const writer = () => awsClients(aws, WRITER).ec2;
const reader = () => awsClients(aws, READER).ec2;
const seen = async () => {
	const described = await writer().send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
	return described.Reservations?.[0]?.Instances?.[0];
};
const state = async () => (await seen())?.State?.Name;

describe("instances through the official client", () => {
	it("are described with their tags, type and times", async () => {
		expect(await seen()).toMatchObject({
			InstanceId: instanceId,
			InstanceType: "t3.micro",
			State: { Code: 16, Name: "running" },
			LaunchTime: new Date(clock() - 3_600_000),
			Tags: [{ Key: "Name", Value: "web-1" }],
		});
	});

	it("reboot: the boot time moves, the launch time stays, checks run anew", async () => {
		await writer().send(new RebootInstancesCommand({ InstanceIds: [instanceId] }));
		expect(aws.world.region("eu-west-1").instance(instanceId).bootedAtMs).toBe(clock());
		expect((await seen())?.LaunchTime).toEqual(new Date(clock() - 3_600_000));
		const check = async () => {
			const found = await writer().send(new DescribeInstanceStatusCommand({ InstanceIds: [instanceId] }));
			return found.InstanceStatuses?.[0]?.InstanceStatus?.Status;
		};
		expect(await check()).toBe("initializing");
		clock.advance(1000);
		expect(await check()).toBe("ok");
	});

	it("stop and start through their passing states, and boot anew", async () => {
		const stopped = await writer().send(new StopInstancesCommand({ InstanceIds: [instanceId], Force: true }));
		expect(stopped.StoppingInstances?.[0]).toMatchObject({
			PreviousState: { Name: "running" },
			CurrentState: { Name: "stopping" },
		});
		expect(await awsFailure(writer().send(new StartInstancesCommand({ InstanceIds: [instanceId] })))).toBe(
			"IncorrectInstanceState 400",
		);
		clock.advance(1000);
		expect(await state()).toBe("stopped");
		await writer().send(new StartInstancesCommand({ InstanceIds: [instanceId] }));
		expect(await state()).toBe("pending");
		clock.advance(1000);
		expect(await state()).toBe("running");
		expect((await seen())?.LaunchTime).toEqual(new Date(clock() - 1000));
		expect(aws.world.region("eu-west-1").instance(instanceId).bootedAtMs).toBe(clock());
		expect(aws.effects.map(({ operation, targets }) => [operation, targets])).toEqual([
			["StopInstances", [instanceId]],
			["StartInstances", [instanceId]],
		]);
		expect(aws.effects[0]?.detail).toEqual({ force: true });
	});

	it("only what runs is rebooted, and one that does not run spares the others", async () => {
		const stopped = aws.world.region("eu-west-1").addInstance({ state: "stopped" }).instanceId;
		const reboot = new RebootInstancesCommand({ InstanceIds: [instanceId, stopped] });
		expect(await awsFailure(writer().send(reboot))).toBe("IncorrectInstanceState 400");
		expect(aws.effects).toEqual([]);
	});

	it("a start of what runs and a stop of what is stopped are no effects, but are in the call log", async () => {
		const other = aws.world.region("eu-west-1").addInstance({ state: "stopped" }).instanceId;
		const both = [instanceId, other];
		await writer().send(new StartInstancesCommand({ InstanceIds: both }));
		await writer().send(new StartInstancesCommand({ InstanceIds: both }));
		expect(aws.effects.map((effect) => effect.targets)).toEqual([[other]]);
		expect(aws.calls.map((call) => [call.outcome, call.effects])).toEqual([
			["ok", [1]],
			["ok", []],
		]);
	});

	it.each([
		["RebootInstances", (ec2: EC2Client, input: DryRun) => ec2.send(new RebootInstancesCommand(input))],
		["StartInstances", (ec2: EC2Client, input: DryRun) => ec2.send(new StartInstancesCommand(input))],
		["StopInstances", (ec2: EC2Client, input: DryRun) => ec2.send(new StopInstancesCommand(input))],
	])("a dry run of %s succeeds by an error, or says that the right is missing", async (name, send) => {
		const input = { InstanceIds: [instanceId], DryRun: true };
		expect(await awsFailure(send(writer(), input))).toBe("DryRunOperation 412");
		expect(await awsFailure(send(reader(), input))).toBe("UnauthorizedOperation 403");
		expect(aws.effects).toEqual([]);
		expect(aws.calls.map((call) => [call.dryRun, call.operation])).toEqual([
			[true, name],
			[true, name],
		]);
	});

	it("a reader changes nothing", async () => {
		expect(await awsFailure(reader().send(new RebootInstancesCommand({ InstanceIds: [instanceId] })))).toBe(
			"UnauthorizedOperation 403",
		);
		expect(aws.effects).toEqual([]);
		expect(aws.calls[0]).toMatchObject({ operation: "RebootInstances", outcome: "UnauthorizedOperation" });
	});

	it("a right may be bound to resources", async () => {
		const arn = `arn:aws:ec2:eu-west-1:${WRITER.account}:instance/${instanceId}`;
		aws.keys.set(WRITER.accessKeyId, {
			...WRITER,
			allow: [{ action: "ec2:Reboot*", resource: arn }],
		});
		const other = aws.world.region("eu-west-1").addInstance().instanceId;
		await writer().send(new RebootInstancesCommand({ InstanceIds: [instanceId] }));
		const both = new RebootInstancesCommand({ InstanceIds: [instanceId, other] });
		expect(await awsFailure(writer().send(both))).toBe("UnauthorizedOperation 403");
		expect(aws.effects.map((effect) => effect.targets)).toEqual([[instanceId]]);
	});

	it("ids that are malformed or of nothing are refused before anything happens", async () => {
		for (const [id, code] of [
			["i-1", "InvalidInstanceID.Malformed 400"],
			["i-0123456789abcdef0", "InvalidInstanceID.NotFound 400"],
		] as const) {
			const reboot = new RebootInstancesCommand({ InstanceIds: [instanceId, id] });
			expect(await awsFailure(writer().send(reboot))).toBe(code);
			expect(await awsFailure(writer().send(new DescribeInstancesCommand({ InstanceIds: [id] })))).toBe(code);
		}
		expect(aws.effects).toEqual([]);
	});

	it("another account and another region don't see them", async () => {
		const elsewhere = [awsClients(aws, STRANGER), awsClients(aws, WRITER, { region: "us-east-1" })];
		for (const { ec2 } of elsewhere) {
			expect((await ec2.send(new DescribeInstancesCommand({}))).Reservations ?? []).toEqual([]);
			const reboot = new RebootInstancesCommand({ InstanceIds: [instanceId] });
			expect(await awsFailure(ec2.send(reboot))).toBe("InvalidInstanceID.NotFound 400");
		}
	});

	it("are filtered by tag and state, and given in pages", async () => {
		const region = aws.world.region("eu-west-1");
		for (let count = 0; count < 12; count++)
			region.addInstance({ tags: { team: "shop" }, state: count < 6 ? "running" : "stopped" });
		const find = (values: string[], token?: string) =>
			writer().send(
				new DescribeInstancesCommand({
					Filters: [
						{ Name: "tag:team", Values: ["sh*"] },
						{ Name: "instance-state-name", Values: values },
					],
					MaxResults: 5,
					...(token === undefined ? {} : { NextToken: token }),
				}),
			);
		const first = await find(["running"]);
		const second = await find(["running"], first.NextToken);
		expect([first.Reservations?.length, second.Reservations?.length, second.NextToken]).toEqual([
			5,
			1,
			undefined,
		]);
		expect((await find(["terminated"])).Reservations ?? []).toEqual([]);
		expect(await awsFailure(find(["running"], "forged"))).toBe("InvalidNextToken 400");
	});

	it("a replaced instance terminates, and another with the same tags takes its place", async () => {
		const taken = aws.world.region("eu-west-1").replaceInstance(instanceId);
		expect(taken.tags).toEqual({ Name: "web-1" });
		expect(await state()).toBe("shutting-down");
		clock.advance(1000);
		expect(await state()).toBe("terminated");
		expect(await awsFailure(writer().send(new StartInstancesCommand({ InstanceIds: [instanceId] })))).toBe(
			"IncorrectInstanceState 400",
		);
		expect(aws.effects).toEqual([]);
	});
});
