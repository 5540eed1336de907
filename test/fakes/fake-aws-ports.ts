import { AppError } from "../../src/domain/errors.ts";
import type {
	AwsDocument,
	AwsGroup,
	AwsInstance,
	AwsReader,
	AwsService,
} from "../../src/ports/aws-reader.ts";

/** What is there to be read. Tags of an instance stand beside it: the port shows only what follows from them. */
export type AwsPortsWorld = {
	readonly regions: readonly string[];
	readonly instances: readonly {
		readonly instance: AwsInstance;
		readonly tags: Readonly<Record<string, string>>;
	}[];
	readonly groups: readonly AwsGroup[];
	readonly services: readonly AwsService[];
	readonly unreachable: ReadonlySet<string>;
	readonly prices: Readonly<Record<string, number>>;
	/** The output of a report on every instance. */
	readonly report: string;
	/** Whether the documents are the ones we ship. */
	readonly ours: boolean;
};

/**
 * An account in memory that is only read, for tests over thousands of parameters. What happens on the wire is tested
 * with the real adapters against the fake AWS.
 */
export function fakeAwsReader(world: AwsPortsWorld): AwsReader {
	const document = (name: string): AwsDocument => ({
		name,
		version: "1",
		hash: "ab".repeat(32),
		ours: world.ours,
	});
	return {
		regions: world.regions,
		services: world.services,
		requiredTag: { key: "smartcloudops", value: "managed" },
		bootTime: { query: "node_boot_time_seconds", label: "instance_id" },
		account: async () => "111122223333",
		findInstances: async ({ region, ids, tag }) =>
			world.instances
				.filter(({ instance, tags }) => {
					if (instance.state === "terminated") return false;
					if (region !== undefined && instance.region !== region) return false;
					if (ids && !ids.includes(instance.id)) return false;
					return tag === undefined || (Object.hasOwn(tags, tag.key) && tags[tag.key] === tag.value);
				})
				.map(({ instance }) => instance)
				.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
		readGroup: async (name, region) => {
			const found = world.groups.filter(
				(group) => group.name === name && (region === undefined || group.region === region),
			);
			const [group, ...others] = found;
			if (!group) throw new AppError("not_found", `No Auto Scaling group is called ${name}.`);
			if (others.length > 0) throw new AppError("invalid", `Several regions have ${name}; name the region.`);
			return group;
		},
		listGroups: async () => world.groups,
		readDocument: async (_region, name) => document(name),
		reachable: async (_region, ids) => new Set(ids.filter((id) => !world.unreachable.has(id))),
		findCommand: async () => undefined,
		runReport: async ({ instanceIds }) => new Map(instanceIds.map((id) => [id, world.report])),
		hourlyPrice: (type) => (Object.hasOwn(world.prices, type) ? world.prices[type] : undefined),
	};
}
