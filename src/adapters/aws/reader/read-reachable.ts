import { DescribeInstanceInformationCommand } from "@aws-sdk/client-ssm";
import { readPages } from "../common/read-pages.ts";
import { type ReaderContext, readAws } from "./reader-context.ts";

const IDS_A_CALL = 50;

/** Which of these instances Systems Manager reaches now. */
export async function readReachable(
	context: ReaderContext,
	region: string,
	ids: readonly string[],
): Promise<ReadonlySet<string>> {
	const distinct = [...new Set(ids)];
	const calls = Array.from({ length: Math.ceil(distinct.length / IDS_A_CALL) }, (_, call) =>
		distinct.slice(call * IDS_A_CALL, (call + 1) * IDS_A_CALL),
	);
	const replies = await Promise.all(calls.map((part) => readOnline(context, region, part)));
	return new Set(replies.flat().filter((id) => distinct.includes(id)));
}

async function readOnline(
	context: ReaderContext,
	region: string,
	ids: readonly string[],
): Promise<readonly string[]> {
	const found = await readPages(
		async (token) => {
			const input = {
				Filters: [{ Key: "InstanceIds", Values: [...ids] }],
				MaxResults: 50,
				...(token ? { NextToken: token } : {}),
			};
			const reply = await readAws(context, "ssm:DescribeInstanceInformation", (options) =>
				context.ssm(region).send(new DescribeInstanceInformationCommand(input), options),
			);
			return { items: reply.InstanceInformationList, next: reply.NextToken };
		},
		{ most: 1000, what: "managed instances" },
	);
	return found
		.filter(({ PingStatus }) => PingStatus === "Online")
		.flatMap(({ InstanceId }) => InstanceId ?? []);
}
