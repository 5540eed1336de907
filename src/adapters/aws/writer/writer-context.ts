import type { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { SimulatePolicyResponse, SimulatePrincipalPolicyRequest } from "@aws-sdk/client-iam";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { AppError, toAppError } from "../../../domain/errors.ts";
import { callAws } from "../common/call-aws.ts";
import type { AwsSettings } from "../common/settings.ts";

/** What the writer knows beside the account's settings. */
export type WriterSettings = AwsSettings & {
	/** The writer's own role, whose permissions IAM may be asked to simulate; undefined: not asked. */
	readonly roleArn?: string | undefined;
};

/** IAM's simulation of a role's policies. */
export type Simulator = (
	input: SimulatePrincipalPolicyRequest,
	options: { readonly abortSignal: AbortSignal },
) => Promise<SimulatePolicyResponse>;

/** What the writer's calls share. Every client sends once. */
export type WriterContext = {
	readonly settings: WriterSettings;
	readonly account: () => Promise<string>;
	readonly ec2: (region: string) => EC2Client;
	readonly groups: (region: string) => AutoScalingClient;
	readonly ssm: (region: string) => SSMClient;
	readonly simulator: () => Promise<Simulator>;
};

/** Makes one call of the writer, once. */
export function callOnce<Reply>(
	context: WriterContext,
	action: string,
	send: (options: { readonly abortSignal: AbortSignal }) => Promise<Reply>,
): Promise<Reply> {
	return callAws({ action, side: "writer" }, context.settings.times.effectMs, send);
}

/** Makes one call that can change nothing, once. `asks` says in words what is asked. */
export function askOnce<Reply>(
	context: WriterContext,
	{ action, asks }: { readonly action: string; readonly asks: string },
	send: (options: { readonly abortSignal: AbortSignal }) => Promise<Reply>,
): Promise<Reply> {
	return callAws({ action, asks, side: "writer" }, context.settings.times.effectMs, send);
}

/** Does what comes before an effect: whatever goes wrong there says that nothing was changed. */
export async function beforeEffect<Result>(work: () => Promise<Result>): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		const { code, message, detail, retryAfterSeconds, extra } = toAppError(error);
		throw new AppError(code, message, {
			...(detail === undefined ? {} : { detail }),
			...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
			extra: { ...extra, changed: false },
		});
	}
}
