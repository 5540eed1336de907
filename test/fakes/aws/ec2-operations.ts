import type {
	DescribeInstanceStatusRequest,
	DescribeInstancesRequest,
	RebootInstancesRequest,
	StartInstancesRequest,
	StopInstancesRequest,
} from "@aws-sdk/client-ec2";
import { AwsError } from "./aws-error.ts";
import { instanceStatusView, instanceView, stateView } from "./ec2-views.ts";
import { filterInstances } from "./filter-instances.ts";
import { type Instance, type InstanceState, moveInstance, settleInstance } from "./instances.ts";
import type { CallContext, Operation } from "./operation.ts";
import { paginate } from "./paginate.ts";
import { settleRegion } from "./settle-region.ts";

/** The operations of EC2. Every instance named is looked up before any of them is changed. */
export const ec2Operations: Readonly<Record<string, Operation>> = {
	DescribeInstances(input: DescribeInstancesRequest, context) {
		const { items, nextToken } = findInstances(input, context);
		const Reservations = items.map((instance) => ({
			ReservationId: `r-${instance.instanceId.slice(2)}`,
			OwnerId: context.region.account,
			Instances: [instanceView(instance)],
		}));
		return { Reservations, NextToken: nextToken };
	},

	DescribeInstanceStatus(input: DescribeInstanceStatusRequest, context) {
		const all = input.IncludeAllInstances ?? false;
		const { items, nextToken } = findInstances(input, context, (found) => all || found.state === "running");
		const InstanceStatuses = items.map((instance) => instanceStatusView(instance, context.nowMs));
		return { InstanceStatuses, NextToken: nextToken };
	},

	RebootInstances(input: RebootInstancesRequest, context) {
		const instances = namedInstances(input.InstanceIds, context);
		stopDryRun(input);
		for (const { instanceId, state } of instances)
			if (state !== "running") throw incorrectState(instanceId, "rebooted");
		const rebooted = context.reached(instances);
		for (const instance of rebooted) {
			instance.bootedAtMs = context.nowMs;
			instance.checkedAtMs = context.nowMs + context.region.rules.transitionMs;
		}
		record(context, rebooted, { bootedAtMs: context.nowMs });
		return {};
	},

	StartInstances(input: StartInstancesRequest, context) {
		const instances = namedInstances(input.InstanceIds, context);
		stopDryRun(input);
		for (const { instanceId, state } of instances)
			if (!["stopped", "running", "pending"].includes(state)) throw incorrectState(instanceId, "started");
		const isChanged = (instance: Instance) => instance.state === "stopped";
		return { StartingInstances: moveAll(context, instances, isChanged, ["pending", "running"], {}) };
	},

	StopInstances(input: StopInstancesRequest, context) {
		const instances = namedInstances(input.InstanceIds, context);
		stopDryRun(input);
		for (const { instanceId, state } of instances)
			if (!["stopped", "running", "stopping"].includes(state)) throw incorrectState(instanceId, "stopped");
		const isChanged = (instance: Instance) => instance.state === "running";
		const detail = { force: input.Force ?? false };
		return { StoppingInstances: moveAll(context, instances, isChanged, ["stopping", "stopped"], detail) };
	},
};

function findInstances(
	input: Omit<DescribeInstancesRequest, "DryRun"> & { DryRun?: boolean | undefined },
	context: CallContext,
	isShown: (instance: Instance) => boolean = () => true,
) {
	if (input.InstanceIds && input.MaxResults !== undefined)
		throw new AwsError(
			"InvalidParameterCombination",
			"The parameter InstancesSet cannot be used with the parameter MaxResults",
		);
	if (input.MaxResults !== undefined && (input.MaxResults < 5 || input.MaxResults > 1000))
		throw new AwsError("InvalidParameterValue", "MaxResults must be from 5 to 1000");
	settleRegion(context.region);
	const known = input.InstanceIds
		? namedInstances(input.InstanceIds, context)
		: [...context.region.instances.values()];
	stopDryRun(input);
	return paginate(filterInstances(known, input.Filters).filter(isShown), input.NextToken, input.MaxResults);
}

function namedInstances(ids: readonly string[] = [], { region, nowMs }: CallContext): Instance[] {
	for (const id of ids)
		if (!/^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(id))
			throw new AwsError("InvalidInstanceID.Malformed", `Invalid id: "${id}"`);
	return [...new Set(ids)].map((id) => {
		const instance = region.instances.get(id);
		if (!instance) throw new AwsError("InvalidInstanceID.NotFound", `The instance ID '${id}' does not exist`);
		return settleInstance(instance, nowMs);
	});
}

function moveAll(
	context: CallContext,
	instances: readonly Instance[],
	isChanged: (instance: Instance) => boolean,
	way: readonly [InstanceState, InstanceState],
	detail: Readonly<Record<string, unknown>>,
) {
	const before = new Map(instances.map((instance) => [instance, stateView(instance.state)]));
	const moved = context.reached(instances).filter(isChanged);
	for (const instance of moved) moveInstance(instance, way, context.nowMs, context.region.rules.transitionMs);
	record(context, moved, detail);
	return instances.map((instance) => ({
		InstanceId: instance.instanceId,
		PreviousState: before.get(instance),
		CurrentState: stateView(instance.state),
	}));
}

function record(
	context: CallContext,
	changed: readonly Instance[],
	detail: Readonly<Record<string, unknown>>,
) {
	if (changed.length > 0)
		context.record(
			changed.map((instance) => instance.instanceId),
			detail,
		);
}

function stopDryRun(input: { readonly DryRun?: boolean | undefined }): void {
	if (input.DryRun)
		throw new AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
}

function incorrectState(id: string, done: string): AwsError {
	return new AwsError(
		"IncorrectInstanceState",
		`The instance '${id}' is not in a state from which it can be ${done}.`,
	);
}
