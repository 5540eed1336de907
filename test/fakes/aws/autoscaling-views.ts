import type { Activity, AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { Group, ScalingActivity } from "./groups.ts";
import type { RegionState } from "./region-state.ts";

/** A group as DescribeAutoScalingGroups shows it. */
export function groupView(region: RegionState, group: Group): AutoScalingGroup {
	return {
		AutoScalingGroupName: group.name,
		AutoScalingGroupARN: `arn:aws:autoscaling:${region.region}:${region.account}:autoScalingGroup:1:autoScalingGroupName/${group.name}`,
		MinSize: group.minSize,
		MaxSize: group.maxSize,
		DesiredCapacity: group.desired,
		DefaultCooldown: group.cooldownSeconds,
		AvailabilityZones: [`${region.region}a`],
		HealthCheckType: group.healthCheckType,
		CreatedTime: new Date(group.createdAtMs),
		Instances: group.members.map((member) => ({
			InstanceId: member.instanceId,
			InstanceType: region.instances.get(member.instanceId)?.instanceType,
			AvailabilityZone: region.instances.get(member.instanceId)?.availabilityZone,
			LifecycleState: member.lifecycle,
			HealthStatus: member.health,
			ProtectedFromScaleIn: member.protectedFromScaleIn,
		})),
		SuspendedProcesses: [...group.suspended].map((ProcessName) => ({
			ProcessName,
			SuspensionReason: "User suspended",
		})),
		Tags: Object.entries(group.tags).map(([Key, Value]) => ({
			Key,
			Value,
			ResourceId: group.name,
			ResourceType: "auto-scaling-group",
			PropagateAtLaunch: true,
		})),
	};
}

/** An activity as DescribeScalingActivities shows it. */
export function activityView(
	group: Group,
	activity: ScalingActivity,
	nowMs: number,
): Activity & { ActivityId: string } {
	const ended = nowMs >= activity.endMs;
	return {
		ActivityId: activity.activityId,
		AutoScalingGroupName: group.name,
		Description: activity.description,
		Cause: `The desired capacity became ${group.desired}.`,
		StartTime: new Date(activity.startMs),
		...(ended ? { EndTime: new Date(activity.endMs) } : {}),
		StatusCode: ended ? "Successful" : "InProgress",
		Progress: ended ? 100 : 50,
	};
}
