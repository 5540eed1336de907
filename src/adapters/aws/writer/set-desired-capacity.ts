import {
	type AutoScalingClient,
	DescribeAutoScalingGroupsCommand,
	SetDesiredCapacityCommand,
} from "@aws-sdk/client-auto-scaling";
import { AppError } from "../../../domain/errors.ts";
import type { AwsWriter } from "../../../ports/aws-writer.ts";
import { beforeEffect, callOnce, type WriterContext } from "./writer-context.ts";

type Request = Parameters<AwsWriter["setDesiredCapacity"]>[0];

/**
 * Sets the desired capacity where it is `expected` when it is read directly before, with the credentials that write.
 * A cooldown of the group does not hold it back: a person decided on it.
 */
export async function setDesiredCapacity(
	context: WriterContext,
	request: Request,
): Promise<{ readonly changed: boolean }> {
	const { region, group, desired } = request;
	const ready = await beforeEffect(async () => {
		await context.account();
		const client = context.groups(region);
		return { client, needed: isNeeded(await readSize(context, client, group), request) };
	});
	if (!ready.needed) return { changed: false };
	const input = { AutoScalingGroupName: group, DesiredCapacity: desired, HonorCooldown: false };
	await callOnce(context, "autoscaling:SetDesiredCapacity", (options) =>
		ready.client.send(new SetDesiredCapacityCommand(input), options),
	);
	return { changed: true };
}

type Size = { readonly minimum: number; readonly maximum: number; readonly desired: number };

function isNeeded(now: Size, { group, expected, desired }: Request): boolean {
	if (now.desired === desired) return false;
	if (now.desired !== expected)
		throw new AppError(
			"conflict",
			`${group} has ${now.desired} instances to run now and had ${expected} when this was asked for; ask again.`,
		);
	if (Number.isInteger(desired) && desired >= now.minimum && desired <= now.maximum) return true;
	throw new AppError(
		"invalid",
		`${group} may have ${now.minimum} to ${now.maximum} instances, not ${desired}; ask for a number between.`,
	);
}

async function readSize(context: WriterContext, client: AutoScalingClient, group: string): Promise<Size> {
	const { AutoScalingGroups: found = [] } = await callOnce(
		context,
		"autoscaling:DescribeAutoScalingGroups",
		(options) =>
			client.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [group] }), options),
	);
	const { MinSize, MaxSize, DesiredCapacity } =
		found.find(({ AutoScalingGroupName }) => AutoScalingGroupName === group) ?? {};
	if (MinSize === undefined || MaxSize === undefined || DesiredCapacity === undefined)
		throw new AppError("not_found", `The Auto Scaling group ${group.slice(0, 100)} is gone; ask again.`);
	return { minimum: MinSize, maximum: MaxSize, desired: DesiredCapacity };
}
