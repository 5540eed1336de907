import type { Instance } from "@aws-sdk/client-ec2";
import type { AwsInstance } from "../../../ports/aws-reader.ts";
import type { ReaderSettings } from "./reader-context.ts";
import { judgeTags, tagsOf } from "./tags.ts";

const STATES = ["pending", "running", "stopping", "stopped", "shutting-down"] as const;

/** An instance as EC2 gives it; undefined where it is terminated or lacks what every instance has. */
export function toInstance(
	given: Instance,
	where: { readonly account: string; readonly region: string },
	settings: ReaderSettings,
): Omit<AwsInstance, "healthy"> | undefined {
	const state = STATES.find((known) => known === given.State?.Name);
	const { InstanceId: id, InstanceType: type, LaunchTime: launched } = given;
	if (id === undefined || state === undefined || type === undefined || launched === undefined)
		return undefined;
	const tags = tagsOf(given.Tags);
	const group = tags.get("aws:autoscaling:groupName");
	return {
		id,
		name: tags.get("Name") || id,
		...where,
		...judgeTags(tags, settings),
		state,
		type,
		launchedAtMs: launched.getTime(),
		rootDevice: given.RootDeviceType === "instance-store" ? "instance-store" : "ebs",
		...(group === undefined ? {} : { group }),
	};
}
