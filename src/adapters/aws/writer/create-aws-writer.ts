import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { EC2Client } from "@aws-sdk/client-ec2";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { AwsWriter } from "../../../ports/aws-writer.ts";
import { callerAccount } from "../common/caller-account.ts";
import { clientOptions } from "../common/client-options.ts";
import { perRegion } from "../common/per-region.ts";
import { changeInstances } from "./change-instances.ts";
import { checkPermissions } from "./check-permissions.ts";
import { sendCommand } from "./send-command.ts";
import { setDesiredCapacity } from "./set-desired-capacity.ts";
import type { Simulator, WriterContext, WriterSettings } from "./writer-context.ts";

/** Changes one account with the writer's credentials. Nothing is sent before the first call. */
export function createAwsWriter(settings: WriterSettings): AwsWriter {
	const { regions } = settings;
	const options = (region: string) => clientOptions(settings, "effect", region);
	let simulator: Promise<Simulator> | undefined;
	const context: WriterContext = {
		settings,
		account: callerAccount(settings, "writer"),
		ec2: perRegion(regions, (region) => new EC2Client(options(region))),
		groups: perRegion(regions, (region) => new AutoScalingClient(options(region))),
		ssm: perRegion(regions, (region) => new SSMClient(options(region))),
		simulator: () => (simulator ??= openIam(options(regions[0] ?? ""))),
	};
	return {
		account: context.account,
		rebootInstances: (request) => changeInstances(context, "ec2:RebootInstances", request),
		startInstances: (request) => changeInstances(context, "ec2:StartInstances", request),
		stopInstances: (request) => changeInstances(context, "ec2:StopInstances", request),
		setDesiredCapacity: (request) => setDesiredCapacity(context, request),
		sendCommand: (request) => sendCommand(context, request),
		checkPermissions: (needs) => checkPermissions(context, needs),
	};
}

/** IAM's client is loaded only where permissions are simulated. */
async function openIam(options: ReturnType<typeof clientOptions>): Promise<Simulator> {
	const { IAMClient, SimulatePrincipalPolicyCommand } = await import("@aws-sdk/client-iam");
	const client = new IAMClient(options);
	return (input, sendOptions) => client.send(new SimulatePrincipalPolicyCommand(input), sendOptions);
}
