import {
	type EC2Client,
	RebootInstancesCommand,
	StartInstancesCommand,
	StopInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { AwsWriter } from "../../../ports/aws-writer.ts";
import { checkInstanceIds } from "../common/check-instance-ids.ts";
import { beforeEffect, callOnce, type WriterContext } from "./writer-context.ts";

type Request = Parameters<AwsWriter["rebootInstances"]>[0];
type Options = { readonly abortSignal: AbortSignal };

/** What can be done with instances, each as the one call of EC2 that does it. A stop is orderly, never forced. */
export const INSTANCE_CHANGES = {
	"ec2:RebootInstances": (client: EC2Client, input: InstancesInput, options: Options) =>
		client.send(new RebootInstancesCommand(input), options),
	"ec2:StartInstances": (client: EC2Client, input: InstancesInput, options: Options) =>
		client.send(new StartInstancesCommand(input), options),
	"ec2:StopInstances": (client: EC2Client, input: InstancesInput, options: Options) =>
		client.send(new StopInstancesCommand({ ...input, Force: false }), options),
};

type InstancesInput = { InstanceIds: string[]; DryRun?: boolean };
export type InstanceChange = keyof typeof INSTANCE_CHANGES;

/** Whether an action is one of those. */
export function isInstanceChange(action: string): action is InstanceChange {
	return Object.hasOwn(INSTANCE_CHANGES, action);
}

/** Makes one change of all the instances, in one call that is sent once. */
export async function changeInstances(
	context: WriterContext,
	action: InstanceChange,
	{ region, ids }: Request,
): Promise<void> {
	const client = await beforeEffect(async () => {
		checkInstanceIds(ids);
		await context.account();
		return context.ec2(region);
	});
	await callOnce(context, action, (options) =>
		INSTANCE_CHANGES[action](client, { InstanceIds: [...ids] }, options),
	);
}
