import { DescribeInstanceStatusCommand, type InstanceStatus } from "@aws-sdk/client-ec2";
import { AppError } from "../../../domain/errors.ts";
import { type ReaderContext, readAws } from "./reader-context.ts";

const IDS_A_CALL = 100;

/** Whether both status checks of running instances pass; left out while that is not known. */
export async function readHealth(
	context: ReaderContext,
	region: string,
	ids: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
	const calls = Array.from({ length: Math.ceil(ids.length / IDS_A_CALL) }, (_, call) =>
		ids.slice(call * IDS_A_CALL, (call + 1) * IDS_A_CALL),
	);
	const replies = await Promise.all(calls.map((part) => readStatuses(context, region, part)));
	return new Map(replies.flat().flatMap((status) => judge(status)));
}

async function readStatuses(
	context: ReaderContext,
	region: string,
	ids: readonly string[],
): Promise<readonly InstanceStatus[]> {
	try {
		const reply = await readAws(context, "ec2:DescribeInstanceStatus", (options) =>
			context.ec2(region).send(new DescribeInstanceStatusCommand({ InstanceIds: [...ids] }), options),
		);
		return reply.InstanceStatuses ?? [];
	} catch (error) {
		// One was terminated since it was listed: the health of none is known, which is no reason to tell nothing.
		if (error instanceof AppError && error.code === "not_found") return [];
		throw error;
	}
}

function judge(status: InstanceStatus): readonly (readonly [string, boolean])[] {
	const checks = [status.InstanceStatus?.Status, status.SystemStatus?.Status];
	if (status.InstanceId === undefined) return [];
	if (checks.includes("impaired")) return [[status.InstanceId, false]];
	return checks.every((check) => check === "ok") ? [[status.InstanceId, true]] : [];
}
