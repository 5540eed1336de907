import type { Command } from "./commands.ts";
import { readContent, type SsmDocument, versionOf } from "./documents.ts";
import { type Group, joinGroup } from "./groups.ts";
import { type Instance, moveInstance, type PingStatus } from "./instances.ts";
import { type InstanceOptions, launchInstance } from "./launch-instance.ts";
import type { RegionState } from "./region-state.ts";
import { settleRegion } from "./settle-region.ts";

/** A group comes with as many running instances as it desires. */
type GroupOptions = {
	readonly name: string;
	/** Default 1. */
	readonly minSize?: number;
	/** Default 4. */
	readonly maxSize?: number;
	/** Default `minSize`. */
	readonly desired?: number;
	/** Default 300. */
	readonly cooldownSeconds?: number;
	readonly instanceType?: string;
	readonly tags?: Readonly<Record<string, string>>;
	readonly suspended?: readonly string[];
};

/** A region as a test sets it up, changes it behind everybody's back, and looks at it. None of this is an effect. */
export type RegionWorld = {
	addInstance(options?: InstanceOptions): Instance;
	addGroup(options: GroupOptions): Group;
	/** Adds a command document, or another version of it; `makeDefault` (true) also makes it the default one. */
	addDocument(name: string, content: string, makeDefault?: boolean): SsmDocument;
	/** What waited for the instance is delivered when it comes Online. */
	setPing(instanceId: string, ping: PingStatus): void;
	/** Terminates the instance; another with the same type and tags, a member of the same group, takes its place. */
	replaceInstance(instanceId: string): Instance;
	/** These are brought up to now first; their members may be changed. Error when there is none of that name. */
	instance(instanceId: string): Instance;
	group(name: string): Group;
	instances(): readonly Instance[];
	groups(): readonly Group[];
	documents(): readonly SsmDocument[];
	/** Oldest first. */
	commands(): readonly Command[];
};

export function regionWorld(region: RegionState): RegionWorld {
	const { rules } = region;
	const known = <Item>(items: ReadonlyMap<string, Item>, name: string): Item => {
		settleRegion(region);
		const item = items.get(name);
		if (item === undefined)
			throw new Error(`The fake has no ${name} in ${region.region} of ${region.account}`);
		return item;
	};
	const listed = <Item>(items: ReadonlyMap<string, Item>): Item[] => {
		settleRegion(region);
		return [...items.values()];
	};
	return {
		addInstance: (options) => launchInstance(region, options),
		addGroup: (options) => addGroup(region, options),
		addDocument: (name, content, makeDefault = true) => addDocument(region, name, content, makeDefault),
		setPing(instanceId, ping) {
			known(region.instances, instanceId).ping = ping;
			settleRegion(region);
		},
		replaceInstance(instanceId) {
			const old = known(region.instances, instanceId);
			const { instanceType, imageId, availabilityZone, tags } = old;
			const taken = launchInstance(region, { instanceType, imageId, availabilityZone, tags });
			for (const group of region.groups.values()) replaceMember(group, instanceId, taken.instanceId);
			moveInstance(old, ["shutting-down", "terminated"], rules.clock(), rules.transitionMs);
			return taken;
		},
		instance: (instanceId) => known(region.instances, instanceId),
		group: (name) => known(region.groups, name),
		instances: () => listed(region.instances),
		groups: () => listed(region.groups),
		documents: () => listed(region.documents),
		commands: () => listed(region.commands),
	};
}

function addGroup(region: RegionState, options: GroupOptions): Group {
	const { name, minSize = 1, maxSize = 4, desired = minSize, instanceType = "t3.micro" } = options;
	const tags = { ...options.tags };
	const group: Group = {
		name,
		minSize,
		maxSize,
		desired,
		cooldownSeconds: options.cooldownSeconds ?? 300,
		healthCheckType: "EC2",
		createdAtMs: region.rules.clock(),
		instanceType,
		tags,
		suspended: new Set(options.suspended),
		members: [],
		activities: [],
		locked: false,
	};
	const memberTags = { ...tags, "aws:autoscaling:groupName": name };
	for (let count = 0; count < desired; count++)
		joinGroup(group, launchInstance(region, { instanceType, tags: memberTags }).instanceId);
	region.groups.set(name, group);
	return group;
}

function addDocument(region: RegionState, name: string, content: string, makeDefault: boolean): SsmDocument {
	const known = region.documents.get(name);
	const number = known ? String(Number(versionOf(known, "$LATEST").version) + 1) : "1";
	const version = readContent(content, number, region.rules.clock());
	const document = known ?? { name, type: "Command", tags: {}, versions: [], defaultVersion: "1" };
	document.versions.push(version);
	if (makeDefault) document.defaultVersion = number;
	region.documents.set(name, document);
	return document;
}

function replaceMember(group: Group, oldId: string, newId: string): void {
	if (!group.members.some((member) => member.instanceId === oldId)) return;
	group.members = group.members.filter((member) => member.instanceId !== oldId);
	joinGroup(group, newId);
}
