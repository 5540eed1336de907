import {
	GetCommandInvocationCommand,
	ListCommandInvocationsCommand,
	ListCommandsCommand,
	type ListCommandsCommandInput,
	SendCommandCommand,
	type SendCommandCommandInput,
} from "@aws-sdk/client-ssm";
import { awsClients } from "./aws-clients.ts";
import { awsFailure } from "./aws-failure.ts";
import type { CommandCall, CommandOutcome } from "./commands.ts";
import { RESTART } from "./example-document.ts";
import { READER, WRITER } from "./example-keys.ts";
import { manualClock } from "./manual-clock.ts";
import { type FakeAws, startFakeAws } from "./start-fake-aws.ts";

const clock = manualClock(Date.parse("2026-11-20T12:00:00.000Z"));
let aws: FakeAws;
let instanceId: string;

beforeEach(async () => {
	aws = await startFakeAws({ keys: [WRITER, READER], clock, transitionMs: 1000 });
	const region = aws.world.region("eu-west-1");
	instanceId = region.addInstance({ tags: { Name: "web-1" } }).instanceId;
	region.addDocument("Ops-Restart", RESTART);
});
afterEach(() => aws.stop());

const ssm = () => awsClients(aws, WRITER).ssm;
const send = (input: Partial<SendCommandCommandInput> = {}) =>
	ssm().send(
		new SendCommandCommand({
			DocumentName: "Ops-Restart",
			InstanceIds: [instanceId],
			Parameters: { service: ["nginx"] },
			Comment: "execution 7",
			...input,
		}),
	);
const invocation = async (commandId: string | undefined) => {
	const command = new ListCommandInvocationsCommand({ CommandId: commandId, Details: true });
	return (await ssm().send(command)).CommandInvocations?.[0];
};

describe("commands through the official client", () => {
	it("run through their states, and end as the handler says, with its output", async () => {
		const seen: CommandCall[] = [];
		aws.onCommand((call) => {
			seen.push(call);
			return { status: "Failed", output: "no such unit", runMs: 2000 };
		});
		const sent = (await send()).Command;
		expect(sent).toMatchObject({ Status: "Pending", Comment: "execution 7", TargetCount: 1 });
		expect((await invocation(sent?.CommandId))?.Status).toBe("Pending");
		clock.advance(1000);
		expect(await invocation(sent?.CommandId)).toMatchObject({ Status: "InProgress" });
		clock.advance(2000);
		expect(await invocation(sent?.CommandId)).toMatchObject({
			Status: "Failed",
			CommandPlugins: [{ Status: "Failed", ResponseCode: 1, Output: "no such unit" }],
		});
		const one = { CommandId: sent?.CommandId, InstanceId: instanceId };
		expect(await ssm().send(new GetCommandInvocationCommand(one))).toMatchObject({
			Status: "Failed",
			StandardOutputContent: "no such unit",
		});
		expect(seen).toMatchObject([{ instanceId, comment: "execution 7", parameters: { service: ["nginx"] } }]);
		expect(aws.effects).toMatchObject([
			{
				operation: "SendCommand",
				targets: [instanceId],
				comment: "execution 7",
				detail: { documentName: "Ops-Restart", documentVersion: "1", commandId: sent?.CommandId },
			},
		]);
	});

	it("wait for a handler that takes its time, and fail when it does", async () => {
		let end = (_outcome: CommandOutcome) => {};
		aws.onCommand(
			({ parameters }) =>
				new Promise((resolve, reject) => {
					end = resolve;
					if (parameters.service?.[0] === "broken") reject(new Error("it broke"));
				}),
		);
		const broken = (await send({ Parameters: { service: ["broken"] } })).Command?.CommandId;
		const slow = (await send()).Command?.CommandId;
		clock.advance(60_000);
		expect((await invocation(slow))?.Status).toBe("InProgress");
		expect((await invocation(broken))?.Status).toBe("Failed");
		end({ output: "done" });
		expect(await invocation(slow)).toMatchObject({ Status: "Success", CommandPlugins: [{ Output: "done" }] });
	});

	it("end one by one where there are several instances", async () => {
		const other = aws.world.region("eu-west-1").addInstance({ tags: { Name: "web-2" } }).instanceId;
		aws.onCommand((call) => (call.instanceId === other ? { status: "Failed" } : {}));
		const sent = await send({ InstanceIds: [instanceId, other] });
		clock.advance(2000);
		const CommandId = sent.Command?.CommandId;
		expect((await ssm().send(new ListCommandsCommand({ CommandId }))).Commands).toMatchObject([
			{ Status: "Failed", TargetCount: 2, CompletedCount: 2, ErrorCount: 1 },
		]);
		const found = await ssm().send(new ListCommandInvocationsCommand({ InstanceId: other }));
		expect(found.CommandInvocations).toMatchObject([{ InstanceId: other, Status: "Failed" }]);
	});

	it("wait for an agent that is away, and time out when it stays away", async () => {
		const region = aws.world.region("eu-west-1");
		region.setPing(instanceId, "ConnectionLost");
		const [lost, late] = [await send({ TimeoutSeconds: 30 }), await send({ TimeoutSeconds: 600 })];
		clock.advance(30_000);
		expect(await invocation(lost.Command?.CommandId)).toMatchObject({
			Status: "TimedOut",
			StatusDetails: "DeliveryTimedOut",
		});
		region.setPing(instanceId, "Online");
		clock.advance(2000);
		expect((await invocation(late.Command?.CommandId))?.Status).toBe("Success");
		expect((await invocation(lost.Command?.CommandId))?.Status).toBe("TimedOut");
	});

	it("are listed newest first, by instance, document and time", async () => {
		const first = (await send({ Comment: "one" })).Command?.CommandId;
		clock.advance(60_000);
		const second = (await send({ Comment: "two" })).Command?.CommandId;
		const after = new Date(clock() - 1000).toISOString();
		const list = async (input: ListCommandsCommandInput) =>
			(await ssm().send(new ListCommandsCommand(input))).Commands?.map((command) => command.CommandId);
		expect(await list({})).toEqual([second, first]);
		expect(await list({ InstanceId: instanceId })).toEqual([second, first]);
		expect(await list({ InstanceId: "i-0123456789abcdef0" })).toEqual([]);
		expect(await list({ Filters: [{ key: "InvokedAfter", value: after }] })).toEqual([second]);
		expect(await list({ Filters: [{ key: "DocumentName", value: "Other" }] })).toEqual([]);
		expect(await list({ MaxResults: 1 })).toEqual([second]);
		const page = await ssm().send(new ListCommandsCommand({ MaxResults: 1 }));
		expect(await list({ MaxResults: 1, NextToken: page.NextToken })).toEqual([first]);
	});

	it("stay out of the lists for as long as the fake is told", async () => {
		const lagging = await startFakeAws({ keys: [WRITER], clock, commandListLagMs: 500 });
		const region = lagging.world.region("eu-west-1");
		region.addDocument("Ops-Restart", RESTART);
		const { ssm: client } = awsClients(lagging, WRITER);
		const InstanceIds = [region.addInstance().instanceId];
		const input = { DocumentName: "Ops-Restart", InstanceIds, Parameters: { service: ["nginx"] } };
		await client.send(new SendCommandCommand(input));
		const count = async () => (await client.send(new ListCommandsCommand({}))).Commands?.length;
		expect(await count()).toBe(0);
		clock.advance(500);
		expect(await count()).toBe(1);
		await lagging.stop();
	});

	it("an instance named twice is refused", async () => {
		const twice = send({ InstanceIds: [instanceId, instanceId] });
		expect(await awsFailure(twice)).toBe("DuplicateInstanceId 400");
		expect(aws.effects).toEqual([]);
	});

	it("go to the instances that a tag names", async () => {
		await send({ InstanceIds: undefined, Targets: [{ Key: "tag:Name", Values: ["web-1"] }] });
		expect(aws.effects.map((effect) => effect.targets)).toEqual([[instanceId]]);
	});

	const refused: [string, Partial<SendCommandCommandInput>, string][] = [
		["an unknown document", { DocumentName: "Other" }, "InvalidDocument 400"],
		["an unknown version", { DocumentVersion: "9" }, "InvalidDocumentVersion 400"],
		[
			"another hash",
			{ DocumentHash: "0".repeat(64), DocumentHashType: "Sha256" },
			"InvalidDocumentVersion 400",
		],
		["a hash of a kind there is none", { DocumentHashType: "Md5" as "Sha256" }, "ValidationException 400"],
		["an unknown instance", { InstanceIds: ["i-0123456789abcdef0"] }, "InvalidInstanceId 400"],
		["neither instances nor a tag", { InstanceIds: undefined }, "ValidationException 400"],
		["a comment of 101 characters", { Comment: "x".repeat(101) }, "ValidationException 400"],
		["a timeout of 29 seconds", { TimeoutSeconds: 29 }, "ValidationException 400"],
		["no document", { DocumentName: undefined }, "ValidationException 400"],
		["ids that are no list", { InstanceIds: "i-1" as unknown as string[] }, "SerializationException 400"],
		["no parameter where one is needed", { Parameters: {} }, "InvalidParameters 400"],
		["a parameter too many", { Parameters: { service: ["a"], extra: ["b"] } }, "InvalidParameters 400"],
		["two values for a string", { Parameters: { service: ["a", "b"] } }, "InvalidParameters 400"],
		["too many items", { Parameters: { service: ["a"], paths: ["1", "2", "3"] } }, "InvalidParameters 400"],
		["a shell substitution", { Parameters: { service: ["$(reboot)"] } }, "InvalidParameters 400"],
		["a parameter store reference", { Parameters: { service: ["{{ssm:key}}"] } }, "InvalidParameters 400"],
		["a second line", { Parameters: { service: ["nginx\nreboot"] } }, "InvalidParameters 400"],
	];
	it.each(refused)("%s is refused, without an effect", async (_, input, code) => {
		expect(await awsFailure(send(input))).toBe(code);
		expect(aws.effects).toEqual([]);
		expect(aws.world.region("eu-west-1").commands()).toEqual([]);
	});

	it("a reader may list commands and send none", async () => {
		const { ssm: client } = awsClients(aws, READER);
		await client.send(new ListCommandsCommand({}));
		const input = { DocumentName: "Ops-Restart", InstanceIds: [instanceId] };
		expect(await awsFailure(client.send(new SendCommandCommand(input)))).toBe("AccessDeniedException 400");
	});

	it("are forgotten when there are too many, the oldest finished ones first", async () => {
		const small = await startFakeAws({ keys: [WRITER], clock, commandBound: 2, transitionMs: 1000 });
		const region = small.world.region("eu-west-1");
		region.addDocument("Ops-Restart", RESTART);
		const InstanceIds = [region.addInstance().instanceId];
		for (const Comment of ["one", "two", "three"]) {
			const input = { DocumentName: "Ops-Restart", InstanceIds, Parameters: { service: ["nginx"] }, Comment };
			await awsClients(small, WRITER).ssm.send(new SendCommandCommand(input));
			clock.advance(5000);
		}
		expect(region.commands().map((command) => command.comment)).toEqual(["two", "three"]);
		expect(small.effects).toHaveLength(3);
		await small.stop();
	});
});
