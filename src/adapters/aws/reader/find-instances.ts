import { DescribeInstancesCommand, type Filter, type Instance } from "@aws-sdk/client-ec2";
import type { AwsInstance, AwsReader } from "../../../ports/aws-reader.ts";
import { readPages } from "../common/read-pages.ts";
import { readHealth } from "./read-health.ts";
import { type ReaderContext, readAws } from "./reader-context.ts";
import { tagsOf } from "./tags.ts";
import { toInstance } from "./to-instance.ts";

/** The values that one filter takes. */
const IDS_A_CALL = 200;
const MOST = 2000;

type Wanted = Parameters<AwsReader["findInstances"]>[0];

/** Instances by ids or by a tag, sorted by id, without the terminated ones; an id that is not there is left out. */
export async function findInstances(context: ReaderContext, wanted: Wanted): Promise<readonly AwsInstance[]> {
	const regions = wanted.region === undefined ? context.settings.regions : [wanted.region];
	const found = await Promise.all(regions.map((region) => findInRegion(context, region, wanted)));
	return found.flat().toSorted((left, right) => (left.id < right.id ? -1 : 1));
}

async function findInRegion(
	context: ReaderContext,
	region: string,
	{ ids, tag }: Wanted,
): Promise<readonly AwsInstance[]> {
	const account = await context.account();
	const byTag = tag === undefined ? [] : [{ Name: `tag:${tag.key}`, Values: [literal(tag.value)] }];
	const lists = await Promise.all(
		idFilters(ids).map((byId) => describe(context, region, [...byId, ...byTag])),
	);
	const instances = lists
		.flat()
		// Filters know wildcards; what is wanted is exactly this.
		.filter(({ InstanceId = "", Tags }) => {
			if (ids && !ids.includes(InstanceId)) return false;
			return tag === undefined || tagsOf(Tags).get(tag.key) === tag.value;
		})
		.flatMap((given) => toInstance(given, { account, region }, context.settings) ?? []);
	const running = instances.filter(({ state }) => state === "running").map(({ id }) => id);
	const health = await readHealth(context, region, running);
	return instances.map((instance) => {
		const healthy = health.get(instance.id);
		return healthy === undefined ? instance : { ...instance, healthy };
	});
}

/** Filters instead of ids: an id that is not there would fail the whole call. No ids at all means no call. */
function idFilters(ids: readonly string[] | undefined): readonly (readonly Filter[])[] {
	if (!ids) return [[]];
	const distinct = [...new Set(ids)];
	const calls = Math.ceil(distinct.length / IDS_A_CALL);
	return Array.from({ length: calls }, (_, call) => [
		{
			Name: "instance-id",
			Values: distinct.slice(call * IDS_A_CALL, (call + 1) * IDS_A_CALL).map(literal),
		},
	]);
}

async function describe(
	context: ReaderContext,
	region: string,
	filters: readonly Filter[],
): Promise<readonly Instance[]> {
	const pages = await readPages(
		async (token) => {
			const input = { Filters: [...filters], MaxResults: 500, ...(token ? { NextToken: token } : {}) };
			const reply = await readAws(context, "ec2:DescribeInstances", (options) =>
				context.ec2(region).send(new DescribeInstancesCommand(input), options),
			);
			const items = reply.Reservations?.flatMap(({ Instances = [] }) => Instances);
			return { items, next: reply.NextToken };
		},
		{ most: MOST, what: `instances in ${region} that match` },
	);
	return pages;
}

/** A value of a filter that means itself: `*` and `?` are wildcards there. */
function literal(value: string): string {
	return value.replace(/[\\*?]/g, "\\$&");
}
