import { AppError } from "../domain/errors.ts";
import type { AwsInstance } from "../ports/aws-reader.ts";
import { findTargets } from "./aws/find-targets.ts";
import { costCheck, sumPrices } from "./aws/hourly-cost.ts";
import { InstanceParameters } from "./aws/instance-parameters.ts";
import {
	instanceNeeds,
	instanceTargets,
	placeOf,
	plannedIds,
	requireState,
	whom,
	whomExactly,
} from "./aws/instance-plan.ts";
import { idsToTakeBack } from "./aws/power-back.ts";
import { reconcilePower } from "./aws/reconcile-power.ts";
import { remainingHealth } from "./aws/remaining-health.ts";
import { requireReader, requireWriter } from "./aws/require-aws.ts";
import { runningChecks } from "./aws/running-checks.ts";
import { listText, nameAndId, shownName } from "./aws/words.ts";
import { defineRemediation } from "./define-remediation.ts";

/** Stops running instances in an orderly way. The way back is to start them again. */
export const stopInstance = defineRemediation({
	name: "stop-instance",
	version: 1,
	title: "Stop an instance",
	description:
		"Stops running EC2 instances, one by name or id or all that carry a tag. Not those of an Auto Scaling group.",
	risk: "high",
	reversal: "rollback",
	usualSeconds: 60,
	longestSeconds: 900,
	showsAfterSeconds: 30,
	iam: {
		read: ["ec2:DescribeInstances", "ec2:DescribeInstanceStatus"],
		write: ["ec2:StopInstances", "ec2:StartInstances"],
	},
	parameters: InstanceParameters,
	plan: async (parameters, reader) => {
		const aws = requireReader(reader);
		const targets = await findTargets(aws, parameters);
		requireState(targets, "running", "stopped");
		refuseUnstoppable(targets);
		const place = placeOf(targets);
		const { outages, others } = await remainingHealth(aws, targets, "until it is started again");
		const { total, unpriced } = sumPrices(
			targets.map(({ type }) => type),
			(type) => aws.hourlyPrice(type),
		);
		return {
			title: `Stop ${whom(targets)}`,
			...place,
			targets: instanceTargets(targets),
			summary: `Stop ${whomExactly(targets)}, in ${place.region}.`,
			doneLabel: "stopped",
			noun: "a stop",
			checks: [
				...outages,
				...runningChecks(targets),
				...others,
				{
					verdict: "info",
					text: "Lost: data on instance store volumes, and a public address that is not elastic",
				},
				{ verdict: "info", text: "Its root volume, other EBS volumes and private addresses stay" },
				{
					verdict: "info",
					text: "It does not start again by itself; if it does not help, it is started again",
				},
				costCheck(total, 0, unpriced, "; its volumes go on costing"),
			],
			permissions: [...instanceNeeds(targets, ["ec2:StopInstances", "ec2:StartInstances"])],
		};
	},
	execute: async (plan, writer, run) => {
		const { aws, region } = await requireWriter(plan, writer);
		await aws.stopInstances({ region, ids: plannedIds(plan), executionId: run.id });
		return { kind: "under_way", text: `AWS stops ${whom(plan.targets)}` };
	},
	rollback: async (plan, writer, run, reader) => {
		const { aws, region } = await requireWriter(plan, writer);
		const ids = await idsToTakeBack("running", plan, reader);
		if (ids.length > 0) await aws.startInstances({ region, ids, executionId: run.id });
		return `${whom(plan.targets)} ${plan.targets.length === 1 ? "is" : "are"} being started again`;
	},
	verify: () => undefined,
	reconcile: (plan, world, run) => reconcilePower("stopped", plan, world, run),
});

function refuseUnstoppable(targets: readonly AwsInstance[]): void {
	const grouped = targets.filter(({ group }) => group !== undefined);
	const groups = listText([...new Set(grouped.map(({ group }) => shownName(group ?? "")))]);
	if (grouped.length > 0)
		throw new AppError(
			"conflict",
			`${listText(grouped.map(nameAndId))} would be replaced at once by the group ${groups}; scale the group instead (scale-group).`,
		);
	const rootless = targets.filter(({ rootDevice }) => rootDevice === "instance-store");
	if (rootless.length > 0)
		throw new AppError(
			"conflict",
			`AWS can't stop ${listText(rootless.map(nameAndId))}: its root volume is an instance store; reboot it instead (reboot-instance).`,
		);
}
