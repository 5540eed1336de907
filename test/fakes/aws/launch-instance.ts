import type { Instance, InstanceState } from "./instances.ts";
import type { RegionState } from "./region-state.ts";

/** How an instance comes into the world; everything has a default. */
export type InstanceOptions = Partial<
	Pick<
		Instance,
		| "instanceId"
		| "instanceType"
		| "imageId"
		| "availabilityZone"
		| "tags"
		| "launchedAtMs"
		| "bootedAtMs"
		| "impaired"
	>
> & {
	/** Default running. */
	readonly state?: InstanceState;
	/** Default Online; null for an instance without an agent. */
	readonly ping?: Instance["ping"] | null;
};

/** Adds an instance: running since an hour, tagged with nothing, with an agent that answers. */
export function launchInstance(region: RegionState, options: InstanceOptions = {}): Instance {
	const number = region.rules.nextNumber();
	const hourAgo = region.rules.clock() - 3_600_000;
	const launchedAtMs = options.launchedAtMs ?? hourAgo;
	const instance: Instance = {
		instanceId: options.instanceId ?? `i-${number.toString(16).padStart(17, "0")}`,
		instanceType: options.instanceType ?? "t3.micro",
		imageId: options.imageId ?? "ami-0123456789abcdef0",
		availabilityZone: options.availabilityZone ?? `${region.region}a`,
		privateIpAddress: `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
		tags: { ...options.tags },
		state: options.state ?? "running",
		launchedAtMs,
		bootedAtMs: options.bootedAtMs ?? launchedAtMs,
		checkedAtMs: launchedAtMs,
		impaired: options.impaired ?? false,
	};
	if (options.ping !== null) instance.ping = options.ping ?? "Online";
	region.instances.set(instance.instanceId, instance);
	return instance;
}
