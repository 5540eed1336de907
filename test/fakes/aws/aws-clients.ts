import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { EC2Client } from "@aws-sdk/client-ec2";
import { IAMClient } from "@aws-sdk/client-iam";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import type { AccessKey } from "./access-key.ts";
import type { FakeAws } from "./start-fake-aws.ts";

export type AwsClients = {
	readonly ec2: EC2Client;
	readonly autoscaling: AutoScalingClient;
	readonly ssm: SSMClient;
	readonly sts: STSClient;
	readonly iam: IAMClient;
};

/** The official clients as one key's holder has them: one attempt a call, in Ireland unless said otherwise. */
export function awsClients(
	aws: Pick<FakeAws, "url">,
	credentials: Pick<AccessKey, "accessKeyId" | "secretAccessKey" | "sessionToken">,
	options: { readonly region?: string; readonly systemClockOffset?: number } = {},
): AwsClients {
	const settings = { endpoint: aws.url, region: "eu-west-1", credentials, maxAttempts: 1, ...options };
	return {
		ec2: new EC2Client(settings),
		autoscaling: new AutoScalingClient(settings),
		ssm: new SSMClient(settings),
		sts: new STSClient(settings),
		iam: new IAMClient(settings),
	};
}
