import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { AwsGroup } from "../../../ports/aws-reader.ts";
import type { ReaderSettings } from "./reader-context.ts";
import { judgeTags, tagsOf } from "./tags.ts";

/** A group as Auto Scaling gives it; undefined where it is being deleted or lacks what every group has. */
export function toGroup(
	given: AutoScalingGroup,
	where: { readonly account: string; readonly region: string },
	settings: ReaderSettings,
): AwsGroup | undefined {
	const { AutoScalingGroupName: name, AutoScalingGroupARN: arn, Status: deleting } = given;
	const { MinSize: minimum, MaxSize: maximum, DesiredCapacity: desired } = given;
	if (name === undefined || arn === undefined || deleting !== undefined) return undefined;
	if (minimum === undefined || maximum === undefined || desired === undefined) return undefined;
	return {
		name,
		arn,
		...where,
		...judgeTags(tagsOf(given.Tags), settings),
		minimum,
		maximum,
		desired,
		instances: (given.Instances ?? [])
			.map((instance) => ({
				id: instance.InstanceId ?? "",
				type: instance.InstanceType ?? "",
				healthy: instance.HealthStatus === "Healthy" && instance.LifecycleState === "InService",
			}))
			.toSorted((left, right) => (left.id < right.id ? -1 : 1)),
		suspended: (given.SuspendedProcesses ?? []).flatMap(({ ProcessName }) => ProcessName ?? []).toSorted(),
	};
}
