import { z } from "zod";
import { AppError } from "../domain/errors.ts";
import type { Plan } from "../domain/plan.ts";
import type { AwsGroup } from "../ports/aws-reader.ts";
import { groupCost, healthCheck, limitChecks } from "./aws/group-checks.ts";
import { Region } from "./aws/instance-parameters.ts";
import { requireReader, requireRegion, requireWriter } from "./aws/require-aws.ts";
import { SETTLED_AFTER_MS } from "./aws/settled.ts";
import { wholeNumber } from "./aws/whole-number.ts";
import { counted, shownName } from "./aws/words.ts";
import { defineRemediation } from "./define-remediation.ts";

const LARGEST_GROUP = 1000;

const Parameters = z
	.strictObject({
		group: z
			.string()
			.regex(
				/^[A-Za-z0-9][A-Za-z0-9 ._:/@+-]{0,254}$/,
				"name a group by its letters, digits, spaces and . _ : / @ + -",
			),
		desired: wholeNumber(0, LARGEST_GROUP).optional().describe("how many instances; either this or change"),
		change: wholeNumber(-LARGEST_GROUP, LARGEST_GROUP)
			.optional()
			.describe("by how many, such as +2; either this or desired"),
		region: Region.optional(),
	})
	.refine(({ desired, change }) => (desired === undefined) !== (change === undefined), {
		message: "say either desired or change",
	});

/** Sets the desired capacity of an Auto Scaling group, up or down, within the group's own limits. */
export const scaleGroup = defineRemediation({
	name: "scale-group",
	version: 1,
	title: "Scale a group",
	description:
		"Sets how many instances an Auto Scaling group has: to `desired`, or by `change` such as +2, within its limits.",
	risk: "medium",
	reversal: "rollback",
	usualSeconds: 5,
	longestSeconds: 120,
	showsAfterSeconds: 300,
	iam: {
		read: ["autoscaling:DescribeAutoScalingGroups"],
		write: ["autoscaling:DescribeAutoScalingGroups", "autoscaling:SetDesiredCapacity"],
	},
	parameters: Parameters,
	plan: async ({ group: name, desired, change, region }, reader) => {
		const aws = requireReader(reader);
		const group = await aws.readGroup(name, requireRegion(aws, region));
		requireManaged(group, aws.requiredTag);
		const from = group.desired;
		const to = desired ?? from + (change ?? 0);
		const shown = shownName(group.name);
		if (to === from)
			throw new AppError("conflict", `${shown} is set to ${counted(from, "instance")} already.`);
		if (to < 0)
			throw new AppError("invalid", `${shown} has ${from}, so it can't be made ${-(change ?? 0)} smaller.`);
		return {
			title: `Scale ${shown} ${from} → ${to}`,
			environment: group.environment,
			account: group.account,
			region: group.region,
			targets: [
				{
					name: shown,
					id: group.arn,
					state: {
						group: group.name,
						from,
						to,
						minimum: group.minimum,
						maximum: group.maximum,
						suspended: group.suspended.toSorted().join(",") || "none",
					},
				},
			],
			summary: `Scale ${shown} in ${group.region} from ${from} to ${counted(to, "instance")}.`,
			doneLabel: `${from} → ${to}`,
			noun: to > from ? "scaling out" : "scaling in",
			checks: [
				...limitChecks(group, to),
				healthCheck(group, from, to),
				groupCost(group, to, (type) => aws.hourlyPrice(type)),
				...(to < from
					? [
							{
								verdict: "info" as const,
								text: `${counted(from - to, "instance")} of the group's choice ${from - to === 1 ? "is" : "are"} terminated; what is on their own disks is lost`,
							},
						]
					: [{ verdict: "info" as const, text: "New instances take a few minutes until they serve" }]),
			],
			permissions: [
				{ action: "autoscaling:SetDesiredCapacity", region: group.region, resources: [group.arn] },
				{ action: "autoscaling:DescribeAutoScalingGroups", region: group.region, resources: ["*"] },
			],
		};
	},
	execute: async (plan, writer) => {
		const { aws, region } = await requireWriter(plan, writer);
		const { group, from, to } = plannedSize(plan);
		const { changed } = await aws.setDesiredCapacity({ region, group, expected: from, desired: to });
		return {
			kind: "done",
			text: `${shownName(group)}: ${changed ? `set from ${from} to ${to}` : `was set to ${to} already`}`,
		};
	},
	rollback: async (plan, writer) => {
		const { aws, region } = await requireWriter(plan, writer);
		const { group, from, to } = plannedSize(plan);
		await aws.setDesiredCapacity({ region, group, expected: to, desired: from });
		return `set back to ${from}`;
	},
	verify: () => undefined,
	reconcile: async (plan, { reader, nowMs }, { intendedAtMs }) => {
		const { group, from, to } = plannedSize(plan);
		const { desired } = await requireReader(reader).readGroup(group, plan.region);
		if (desired === to)
			return { kind: "done", text: `${shownName(group)}: set to ${to}, as read afterwards` };
		if (desired !== from)
			return {
				kind: "not_known",
				text: `${shownName(group)} is set to ${desired}, neither ${from} nor ${to}`,
			};
		return nowMs - intendedAtMs < SETTLED_AFTER_MS
			? { kind: "not_known", text: `${shownName(group)} is still set to ${from}` }
			: { kind: "not_done" };
	},
});

function requireManaged(
	{ managed, name }: AwsGroup,
	{ key, value }: { readonly key: string; readonly value: string },
): void {
	if (managed) return;
	throw new AppError(
		"conflict",
		`Only what carries the tag ${key}=${value} may be changed from here, and the group ${shownName(name)} does not.`,
	);
}

function plannedSize(plan: Plan): { readonly group: string; readonly from: number; readonly to: number } {
	const { group, from, to } = plan.targets[0]?.state ?? {};
	if (typeof group === "string" && typeof from === "number" && typeof to === "number")
		return { group, from, to };
	throw new AppError("invalid", "The plan names no group and size; ask again for a new plan.");
}
