import type { Filter, InstanceStatus, Instance as InstanceView, Tag } from "@aws-sdk/client-ec2";
import { AwsError } from "./aws-error.ts";
import type { Instance, InstanceState } from "./instances.ts";
import { matchesWildcard } from "./wildcard.ts";

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

/** Keeps the instances that every filter admits; a filter admits what one of its values matches. */
export function filterInstances(instances: readonly Instance[], filters: readonly Filter[] = []): Instance[] {
	return instances.filter((instance) =>
		filters.every(({ Name = "", Values = [] }) => {
			const found = filterValues(instance, Name);
			return Values.some((wanted) => found.some((value) => matchesWildcard(wanted, value)));
		}),
	);
}

function filterValues(instance: Instance, name: string): readonly string[] {
	if (name.startsWith("tag:")) {
		const value = Object.hasOwn(instance.tags, name.slice(4)) ? instance.tags[name.slice(4)] : undefined;
		return value === undefined ? [] : [value];
	}
	if (name === "tag-key") return Object.keys(instance.tags);
	if (name === "instance-state-name") return [instance.state];
	if (name === "instance-state-code") return [String(STATE_CODES[instance.state])];
	if (name === "instance-id") return [instance.instanceId];
	if (name === "instance-type") return [instance.instanceType];
	if (name === "availability-zone") return [instance.availabilityZone];
	throw new AwsError("InvalidParameterValue", `The filter '${name}' is invalid`);
}
