import { isGone, moveInstance, settleInstance } from "./instances.ts";
import { launchInstance } from "./launch-instance.ts";
import type { RegionState } from "./region-state.ts";

export type GroupMember = {
	readonly instanceId: string;
	lifecycle: "Pending" | "InService" | "Terminating";
	health: "Healthy" | "Unhealthy";
	protectedFromScaleIn: boolean;
};

export type ScalingActivity = {
	readonly activityId: string;
	readonly description: string;
	readonly startMs: number;
	/** When the instance has come or gone: before it the activity is in progress. */
	readonly endMs: number;
};

export type Group = {
	readonly name: string;
	minSize: number;
	maxSize: number;
	desired: number;
	cooldownSeconds: number;
	readonly healthCheckType: string;
	readonly createdAtMs: number;
	instanceType: string;
	tags: Record<string, string>;
	/** Process names such as Launch and Terminate. */
	readonly suspended: Set<string>;
	members: GroupMember[];
	/** Newest first, the last hundred. */
	activities: ScalingActivity[];
	/** While true a change of capacity is refused with ScalingActivityInProgress. */
	locked: boolean;
};

const ACTIVITY_BOUND = 100;

/** Brings members to their state at `nowMs`, and launches or terminates until the group has what it desires. */
export function settleGroup(region: RegionState, group: Group): Group {
	const nowMs = region.rules.clock();
	group.members = group.members.filter((member) => {
		const instance = region.instances.get(member.instanceId);
		if (!instance || settleInstance(instance, nowMs).state === "terminated") return false;
		if (isGone(instance)) member.lifecycle = "Terminating";
		else if (member.lifecycle === "Pending" && instance.state === "running") member.lifecycle = "InService";
		return true;
	});
	const staying = group.members.filter((member) => member.lifecycle !== "Terminating");
	for (let missing = group.desired - staying.length; missing > 0; missing--) grow(region, group, nowMs);
	const surplus = staying.filter((member) => !member.protectedFromScaleIn);
	for (const member of surplus.slice(0, Math.max(0, staying.length - group.desired)))
		shrink(region, group, member, nowMs);
	return group;
}

/** Puts an instance into the group as one in service. */
export function joinGroup(group: Group, instanceId: string): GroupMember {
	const member: GroupMember = {
		instanceId,
		lifecycle: "InService",
		health: "Healthy",
		protectedFromScaleIn: false,
	};
	group.members.push(member);
	return member;
}

/** Until when a scaling activity or its cooldown lasts. */
export function cooldownEndMs(group: Group): number {
	const last = Math.max(-Infinity, ...group.activities.map((activity) => activity.endMs));
	return last + group.cooldownSeconds * 1000;
}

function grow(region: RegionState, group: Group, nowMs: number): void {
	if (group.suspended.has("Launch")) return;
	const tags = { ...group.tags, "aws:autoscaling:groupName": group.name };
	const instance = launchInstance(region, { instanceType: group.instanceType, tags });
	moveInstance(instance, ["pending", "running"], nowMs, region.rules.transitionMs);
	joinGroup(group, instance.instanceId).lifecycle = "Pending";
	note(region, group, `Launching a new EC2 instance: ${instance.instanceId}`);
}

function shrink(region: RegionState, group: Group, member: GroupMember, nowMs: number): void {
	const instance = region.instances.get(member.instanceId);
	if (group.suspended.has("Terminate") || !instance) return;
	member.lifecycle = "Terminating";
	moveInstance(instance, ["shutting-down", "terminated"], nowMs, region.rules.transitionMs);
	note(region, group, `Terminating EC2 instance: ${instance.instanceId}`);
}

function note(region: RegionState, group: Group, description: string): void {
	const startMs = region.rules.clock();
	const activityId = `activity-${region.rules.nextNumber()}`;
	const activity = { activityId, description, startMs, endMs: startMs + region.rules.transitionMs };
	group.activities = [activity, ...group.activities].slice(0, ACTIVITY_BOUND);
}
