import type {
	DescribeInstanceInformationRequest,
	InstanceInformation,
	InstanceInformationStringFilter,
} from "@aws-sdk/client-ssm";
import { AwsError } from "./aws-error.ts";
import { type Instance, isGone } from "./instances.ts";
import type { Operation } from "./operation.ts";
import { paginate } from "./paginate.ts";
import { settleRegion } from "./settle-region.ts";

/** The instances that Systems Manager manages. */
export const ssmInstanceOperations: Readonly<Record<string, Operation>> = {
	DescribeInstanceInformation(input: DescribeInstanceInformationRequest, { region, nowMs }) {
		settleRegion(region);
		if (input.MaxResults !== undefined && (input.MaxResults < 5 || input.MaxResults > 50))
			throw new AwsError("ValidationException", "MaxResults must be from 5 to 50");
		const listed = (input.InstanceInformationFilterList ?? []).map(({ key, valueSet }) => ({
			Key: key,
			Values: valueSet,
		}));
		const filters = [...listed, ...(input.Filters ?? [])];
		const found = [...region.instances.values()].filter(
			(instance) =>
				instance.ping !== undefined &&
				!isGone(instance) &&
				filters.every((filter) => admits(instance, filter)),
		);
		const page = paginate(found, input.NextToken, input.MaxResults, 10);
		return {
			InstanceInformationList: page.items.map((instance) => informationView(instance, nowMs)),
			NextToken: page.nextToken,
		};
	},
};

function pingOf(instance: Instance): "Online" | "ConnectionLost" | "Inactive" {
	if (instance.ping === "Online" && instance.state !== "running") return "ConnectionLost";
	return instance.ping ?? "Inactive";
}

function informationView(instance: Instance, nowMs: number): InstanceInformation {
	const PingStatus = pingOf(instance);
	return {
		InstanceId: instance.instanceId,
		PingStatus,
		LastPingDateTime: new Date(PingStatus === "Online" ? nowMs : nowMs - 3_600_000),
		AgentVersion: "3.3.0.0",
		PlatformType: "Linux",
		PlatformName: "Amazon Linux",
		ResourceType: "EC2Instance",
		IPAddress: instance.privateIpAddress,
	};
}

function admits(
	instance: Instance,
	{ Key = "", Values = [] }: Partial<InstanceInformationStringFilter>,
): boolean {
	if (Key === "InstanceIds") return Values.includes(instance.instanceId);
	if (Key === "PingStatus") return Values.includes(pingOf(instance));
	if (Key === "tag-key") return Values.some((key) => Object.hasOwn(instance.tags, key));
	if (!Key.startsWith("tag:")) throw new AwsError("InvalidFilterKey", `The filter key ${Key} is not valid`);
	const tag = Key.slice(4);
	return Object.hasOwn(instance.tags, tag) && Values.includes(instance.tags[tag] ?? "");
}
