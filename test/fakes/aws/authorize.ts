import { type AccessKey, allows, callerArn } from "./access-key.ts";
import { AwsError } from "./aws-error.ts";
import { protocolOf, type ServiceName } from "./service-name.ts";

/** Refuses a call that the key's rules don't cover on every resource it touches, with the code the service uses. */
export function authorize(
	key: AccessKey,
	service: ServiceName,
	operation: string,
	input: Readonly<Record<string, unknown>>,
	region: string,
): void {
	if (operation === "GetCallerIdentity") return;
	const action = `${service}:${operation}`;
	const denied = resourcesOf(service, operation, input, key.account, region).find(
		(resource) => !allows(key, action, resource),
	);
	if (denied === undefined) return;
	const message = `User: ${callerArn(key)} is not authorized to perform: ${action} on resource: ${denied}`;
	const protocol = protocolOf(service);
	if (protocol === "ec2query")
		throw new AwsError(
			"UnauthorizedOperation",
			`You are not authorized to perform this operation. ${message}`,
			403,
		);
	throw protocol === "json"
		? new AwsError("AccessDeniedException", message, 400)
		: new AwsError("AccessDenied", message, 403);
}

/** The resources a policy can name for a call: those of changes and commands; `*` for everything that lists. */
function resourcesOf(
	service: ServiceName,
	operation: string,
	input: Readonly<Record<string, unknown>>,
	account: string,
	region: string,
): readonly string[] {
	const arn = (owner: string, resource: string, from: string = service) =>
		`arn:aws:${from}:${region}:${owner}:${resource}`;
	const ids = Array.isArray(input.InstanceIds) ? input.InstanceIds.map(String) : [];
	const instances = ids.map((id) => arn(account, `instance/${id}`, "ec2"));
	if (service === "ec2" && /^(?:Reboot|Start|Stop)Instances$/.test(operation)) return instances;
	if (operation === "SetDesiredCapacity")
		return [arn(account, `autoScalingGroup:1:autoScalingGroupName/${String(input.AutoScalingGroupName)}`)];
	if (operation === "SendCommand")
		return [...instances, arn(account, `document/${String(input.DocumentName)}`)];
	if (/Document/.test(operation)) return [arn(account, `document/${String(input.Name)}`)];
	return ["*"];
}
