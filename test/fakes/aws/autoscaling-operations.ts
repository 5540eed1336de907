import type {
	AutoScalingGroupNamesType,
	DescribeScalingActivitiesType,
	Filter,
	SetDesiredCapacityType,
} from "@aws-sdk/client-auto-scaling";
import { activityView, groupView } from "./autoscaling-views.ts";
import { AwsError } from "./aws-error.ts";
import { cooldownEndMs, type Group, settleGroup } from "./groups.ts";
import type { CallContext, Operation } from "./operation.ts";
import { paginate } from "./paginate.ts";
import { settleRegion } from "./settle-region.ts";

/** The operations of Auto Scaling. */
export const autoscalingOperations: Readonly<Record<string, Operation>> = {
	DescribeAutoScalingGroups(input: AutoScalingGroupNamesType, { region }) {
		settleRegion(region);
		const { AutoScalingGroupNames: names, Filters, NextToken, MaxRecords } = input;
		if (MaxRecords !== undefined && (MaxRecords < 1 || MaxRecords > 100))
			throw new AwsError("ValidationError", "MaxRecords must be from 1 to 100");
		const admits = groupFilter(Filters);
		const all = [...region.groups.values()].toSorted((left, right) => (left.name < right.name ? -1 : 1));
		const found = all.filter((group) => (!names?.length || names.includes(group.name)) && admits(group));
		const page = paginate(found, NextToken, MaxRecords, 50);
		return {
			AutoScalingGroups: page.items.map((group) => groupView(region, group)),
			NextToken: page.nextToken,
		};
	},

	SetDesiredCapacity(input: SetDesiredCapacityType, context) {
		const group = namedGroup(input.AutoScalingGroupName, context);
		const wanted = input.DesiredCapacity ?? 0;
		if (wanted > group.maxSize) throw outOfBounds(wanted, "above max value", group.maxSize);
		if (wanted < group.minSize) throw outOfBounds(wanted, "below min value", group.minSize);
		const cooling = input.HonorCooldown === true && context.nowMs < cooldownEndMs(group);
		if (group.locked || cooling)
			throw new AwsError("ScalingActivityInProgress", `Scaling activity is in progress in ${group.name}`);
		const from = group.desired;
		if (wanted === from || context.reached([group]).length === 0) return {};
		group.desired = wanted;
		settleGroup(context.region, group);
		context.record([group.name], { from, to: wanted });
		return {};
	},

	DescribeScalingActivities(input: DescribeScalingActivitiesType, context) {
		settleRegion(context.region);
		const groups =
			input.AutoScalingGroupName === undefined
				? [...context.region.groups.values()]
				: [namedGroup(input.AutoScalingGroupName, context)];
		const all = groups.flatMap((group) =>
			group.activities.map((activity) => activityView(group, activity, context.nowMs)),
		);
		const ids = input.ActivityIds;
		const found = all.filter((activity) => !ids || ids.includes(activity.ActivityId));
		const page = paginate(found, input.NextToken, input.MaxRecords, 100);
		return { Activities: page.items, NextToken: page.nextToken };
	},
};

function namedGroup(name: string | undefined, { region }: CallContext): Group {
	const group = region.groups.get(name ?? "");
	if (!group)
		throw new AwsError(
			"ValidationError",
			`AutoScalingGroup name not found - AutoScalingGroup '${name}' not found`,
		);
	return settleGroup(region, group);
}

function outOfBounds(wanted: number, relation: string, bound: number): AwsError {
	return new AwsError(
		"ValidationError",
		`New SetDesiredCapacity value ${wanted} is ${relation} ${bound} for the AutoScalingGroup.`,
	);
}

/** Whether every filter admits a group. Error: a filter that is unknown here. */
function groupFilter(filters: readonly Filter[] = []): (group: Group) => boolean {
	const unknown = filters.find(({ Name = "" }) => !/^(?:tag-key|tag-value|tag:.*)$/.test(Name));
	if (unknown) throw new AwsError("ValidationError", `Unknown filter ${unknown.Name}`);
	return ({ tags }) =>
		filters.every(({ Name = "", Values = [] }) => {
			if (Name === "tag-key") return Values.some((key) => Object.hasOwn(tags, key));
			if (Name === "tag-value") return Object.values(tags).some((value) => Values.includes(value));
			const key = Name.slice(4);
			return Object.hasOwn(tags, key) && Values.includes(tags[key] ?? "");
		});
}
