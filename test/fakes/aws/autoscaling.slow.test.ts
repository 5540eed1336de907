import {
	DescribeAutoScalingGroupsCommand,
	DescribeScalingActivitiesCommand,
	SetDesiredCapacityCommand,
} from "@aws-sdk/client-auto-scaling";
import { awsClients } from "./aws-clients.ts";
import { awsFailure } from "./aws-failure.ts";
import { READER, WRITER } from "./example-keys.ts";
import { manualClock } from "./manual-clock.ts";
import { type FakeAws, startFakeAws } from "./start-fake-aws.ts";

const clock = manualClock(Date.parse("2026-11-20T12:00:00.000Z"));
let aws: FakeAws;

beforeEach(async () => {
	aws = await startFakeAws({ keys: [WRITER, READER], clock, transitionMs: 1000 });
	aws.world.region("eu-west-1").addGroup({ name: "web", desired: 2, tags: { team: "shop" } });
});
afterEach(() => aws.stop());

const group = async () => {
	const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ["web"] });
	return (await awsClients(aws, READER).autoscaling.send(command)).AutoScalingGroups?.[0];
};
const lifecycles = async () => (await group())?.Instances?.map((member) => member.LifecycleState);
const scale = (capacity: number, honorCooldown = false) =>
	awsClients(aws, WRITER).autoscaling.send(
		new SetDesiredCapacityCommand({
			AutoScalingGroupName: "web",
			DesiredCapacity: capacity,
			HonorCooldown: honorCooldown,
		}),
	);
const activities = async () => {
	const command = new DescribeScalingActivitiesCommand({ AutoScalingGroupName: "web" });
	return (await awsClients(aws, READER).autoscaling.send(command)).Activities ?? [];
};

describe("Auto Scaling groups through the official client", () => {
	it("are described with their bounds, tags and members", async () => {
		expect(await group()).toMatchObject({
			AutoScalingGroupName: "web",
			MinSize: 1,
			MaxSize: 4,
			DesiredCapacity: 2,
			Tags: [{ Key: "team", Value: "shop" }],
			Instances: [
				{ LifecycleState: "InService", HealthStatus: "Healthy" },
				{ LifecycleState: "InService", HealthStatus: "Healthy" },
			],
		});
	});

	it("grow by launching and shrink by terminating", async () => {
		await scale(3);
		expect(await lifecycles()).toEqual(["InService", "InService", "Pending"]);
		expect((await activities()).map((activity) => activity.StatusCode)).toEqual(["InProgress"]);
		clock.advance(1000);
		expect(await lifecycles()).toEqual(["InService", "InService", "InService"]);
		await scale(1);
		expect(await lifecycles()).toEqual(["Terminating", "Terminating", "InService"]);
		clock.advance(1000);
		expect(await lifecycles()).toEqual(["InService"]);
		expect((await activities()).map((activity) => activity.StatusCode)).toEqual(Array(3).fill("Successful"));
		expect(aws.effects.map(({ targets, detail }) => [targets, detail])).toEqual([
			[["web"], { from: 2, to: 3 }],
			[["web"], { from: 3, to: 1 }],
		]);
	});

	it("the capacity it has already is no effect", async () => {
		await scale(2);
		expect(aws.effects).toEqual([]);
		expect(aws.calls).toMatchObject([{ operation: "SetDesiredCapacity", outcome: "ok" }]);
	});

	it.each([0, 5])("a capacity of %d is out of bounds", async (capacity) => {
		expect(await awsFailure(scale(capacity))).toBe("ValidationError 400");
		expect((await group())?.DesiredCapacity).toBe(2);
	});

	it("a cooldown stops the change only where it is honoured; a locked group stops every change", async () => {
		await scale(3);
		expect(await awsFailure(scale(4, true))).toBe("ScalingActivityInProgressFault 400");
		clock.advance(301_000);
		await scale(4, true);
		await scale(3);
		aws.world.region("eu-west-1").group("web").locked = true;
		expect(await awsFailure(scale(2))).toBe("ScalingActivityInProgressFault 400");
		expect(aws.effects.map((effect) => effect.detail.to)).toEqual([3, 4, 3]);
	});

	it("suspended processes are shown, and launch nothing", async () => {
		aws.world.region("eu-west-1").group("web").suspended.add("Launch");
		await scale(3);
		expect(await group()).toMatchObject({
			DesiredCapacity: 3,
			SuspendedProcesses: [{ ProcessName: "Launch" }],
			Instances: [{}, {}],
		});
	});

	it("an instance replaced behind the group's back is a member in its place", async () => {
		const [first] = aws.world.region("eu-west-1").group("web").members;
		const taken = aws.world.region("eu-west-1").replaceInstance(first?.instanceId ?? "");
		expect((await group())?.Instances?.map((member) => member.InstanceId)).toContain(taken.instanceId);
		expect((await group())?.Instances).toHaveLength(2);
	});

	it("are found by tag, and given in pages", async () => {
		for (const name of ["api", "batch", "shop"])
			aws.world.region("eu-west-1").addGroup({ name, tags: { team: "core" } });
		const { autoscaling } = awsClients(aws, READER);
		const Filters = [{ Name: "tag:team", Values: ["core"] }];
		const first = await autoscaling.send(new DescribeAutoScalingGroupsCommand({ Filters, MaxRecords: 2 }));
		const rest = await autoscaling.send(
			new DescribeAutoScalingGroupsCommand({ Filters, MaxRecords: 2, NextToken: first.NextToken }),
		);
		const names = [first, rest].map((page) =>
			page.AutoScalingGroups?.map((found) => found.AutoScalingGroupName),
		);
		expect(names).toEqual([["api", "batch"], ["shop"]]);
		expect(rest.NextToken).toBeUndefined();
	});

	it("a reader may not scale, and an unknown group is refused", async () => {
		const { autoscaling } = awsClients(aws, READER);
		const command = new SetDesiredCapacityCommand({ AutoScalingGroupName: "web", DesiredCapacity: 3 });
		expect(await awsFailure(autoscaling.send(command))).toBe("AccessDenied 403");
		const unknown = new SetDesiredCapacityCommand({ AutoScalingGroupName: "none", DesiredCapacity: 3 });
		expect(await awsFailure(awsClients(aws, WRITER).autoscaling.send(unknown))).toBe("ValidationError 400");
		expect(aws.effects).toEqual([]);
	});
});
