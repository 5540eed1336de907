import { type AutoScalingGroup, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { AppError } from "../../../domain/errors.ts";
import type { AwsGroup } from "../../../ports/aws-reader.ts";
import { readPages } from "../common/read-pages.ts";
import { type ReaderContext, readAws } from "./reader-context.ts";
import { toGroup } from "./to-group.ts";

const MOST = 1000;

/** Every group of the configured regions, sorted by name and region. */
export async function listGroups(context: ReaderContext): Promise<readonly AwsGroup[]> {
	return describeIn(context, context.settings.regions, []);
}

/** One group by name. AppError `not_found` names the nearest; `invalid` where several regions have it. */
export async function readGroup(
	context: ReaderContext,
	name: string,
	region: string | undefined,
): Promise<AwsGroup> {
	const regions = region === undefined ? context.settings.regions : [region];
	const wanted = /^[\x20-\x7e]{1,255}$/.test(name) ? [name] : undefined;
	const found = wanted ? await describeIn(context, regions, wanted) : [];
	const [group, ...others] = found.filter((one) => one.name === name);
	if (!group) throw await unknownGroup(context, name, regions);
	if (others.length === 0) return group;
	throw new AppError(
		"invalid",
		`A group ${name} exists in ${found.map((one) => one.region).join(" and ")}; name the region.`,
	);
}

async function unknownGroup(
	context: ReaderContext,
	name: string,
	regions: readonly string[],
): Promise<AppError> {
	const all = await describeIn(context, regions, []);
	const nearest = context.settings.nearest(
		name,
		all.map((group) => group.name),
	);
	const hint = nearest.length === 0 ? "there are none" : `the nearest are ${nearest.join(", ")}`;
	return new AppError(
		"not_found",
		`No Auto Scaling group in ${regions.join(", ")} is called ${JSON.stringify(name.slice(0, 60))}; ${hint}.`,
	);
}

async function describeIn(
	context: ReaderContext,
	regions: readonly string[],
	names: readonly string[],
): Promise<readonly AwsGroup[]> {
	const account = await context.account();
	const found = await Promise.all(
		regions.map(async (region) => {
			const groups = await describe(context, region, names);
			return groups.flatMap((group) => toGroup(group, { account, region }, context.settings) ?? []);
		}),
	);
	const key = (group: AwsGroup) => `${group.name} ${group.region}`;
	return found.flat().toSorted((left, right) => (key(left) < key(right) ? -1 : 1));
}

function describe(
	context: ReaderContext,
	region: string,
	names: readonly string[],
): Promise<readonly AutoScalingGroup[]> {
	return readPages(
		async (token) => {
			const input = {
				...(names.length === 0 ? {} : { AutoScalingGroupNames: [...names] }),
				...(token ? { NextToken: token } : {}),
				MaxRecords: 100,
			};
			const reply = await readAws(context, "autoscaling:DescribeAutoScalingGroups", (options) =>
				context.groups(region).send(new DescribeAutoScalingGroupsCommand(input), options),
			);
			return { items: reply.AutoScalingGroups, next: reply.NextToken };
		},
		{ most: MOST, what: `Auto Scaling groups in ${region}` },
	);
}
