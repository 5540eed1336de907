import type { InstanceStatus, Instance as InstanceView, Tag } from "@aws-sdk/client-ec2";
import type { Instance, InstanceState } from "./instances.ts";

const STATE_CODES: Readonly<Record<InstanceState, number>> = {
	pending: 0,
	running: 16,
	"shutting-down": 32,
	terminated: 48,
	stopping: 64,
	stopped: 80,
};

export function stateView(state: InstanceState): { Code: number; Name: InstanceState } {
	return { Code: STATE_CODES[state], Name: state };
}

function tagList(tags: Readonly<Record<string, string>>): Tag[] {
	return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** An instance as DescribeInstances shows it. */
export function instanceView(instance: Instance): InstanceView {
	return {
		InstanceId: instance.instanceId,
		InstanceType: instance.instanceType as NonNullable<InstanceView["InstanceType"]>,
		ImageId: instance.imageId,
		State: stateView(instance.state),
		LaunchTime: new Date(instance.launchedAtMs),
		PrivateIpAddress: instance.privateIpAddress,
		Placement: { AvailabilityZone: instance.availabilityZone },
		Tags: tagList(instance.tags),
	};
}

/** An instance as DescribeInstanceStatus shows it. */
export function instanceStatusView(instance: Instance, nowMs: number): InstanceStatus {
	const status = checkStatus(instance, nowMs);
	const check = status === "ok" ? "passed" : status === "impaired" ? "failed" : "initializing";
	const summary =
		status === "not-applicable"
			? { Status: status }
			: { Status: status, Details: [{ Name: "reachability" as const, Status: check } as const] };
	return {
		InstanceId: instance.instanceId,
		AvailabilityZone: instance.availabilityZone,
		InstanceState: stateView(instance.state),
		InstanceStatus: summary,
		SystemStatus: summary,
	};
}

function checkStatus(
	instance: Instance,
	nowMs: number,
): "ok" | "impaired" | "initializing" | "not-applicable" {
	if (instance.state !== "running") return instance.state === "pending" ? "initializing" : "not-applicable";
	if (instance.impaired) return "impaired";
	return nowMs < instance.checkedAtMs ? "initializing" : "ok";
}
