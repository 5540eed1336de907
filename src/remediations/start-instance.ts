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
import { requireReader, requireWriter } from "./aws/require-aws.ts";
import { defineRemediation } from "./define-remediation.ts";

/** Starts stopped instances. The way back is to stop them again. */
export const startInstance = defineRemediation({
	name: "start-instance",
	version: 1,
	title: "Start an instance",
	description: "Starts stopped EC2 instances, one by name or id or all that carry a tag.",
	risk: "medium",
	reversal: "rollback",
	usualSeconds: 40,
	longestSeconds: 600,
	showsAfterSeconds: 180,
	iam: {
		read: ["ec2:DescribeInstances", "ec2:DescribeInstanceStatus"],
		write: ["ec2:StartInstances", "ec2:StopInstances"],
	},
	parameters: InstanceParameters,
	plan: async (parameters, reader) => {
		const aws = requireReader(reader);
		const targets = await findTargets(aws, parameters);
		requireState(targets, "stopped", "started");
		const place = placeOf(targets);
		const { total, unpriced } = sumPrices(
			targets.map(({ type }) => type),
			(type) => aws.hourlyPrice(type),
		);
		return {
			title: `Start ${whom(targets)}`,
			...place,
			targets: instanceTargets(targets),
			summary: `Start ${whomExactly(targets)}, in ${place.region}.`,
			doneLabel: "started",
			noun: "a start",
			checks: [
				{ verdict: "pass", text: targets.length === 1 ? "It is stopped" : "All are stopped" },
				{ verdict: "info", text: "Serves after it has booted and passed its checks, in about 2 min" },
				{ verdict: "info", text: "A public address that is not elastic is a new one" },
				costCheck(0, total, unpriced),
				{ verdict: "info", text: "If it does not help, it is stopped again" },
			],
			permissions: [...instanceNeeds(targets, ["ec2:StartInstances", "ec2:StopInstances"])],
		};
	},
	execute: async (plan, writer, run) => {
		const { aws, region } = await requireWriter(plan, writer);
		await aws.startInstances({ region, ids: plannedIds(plan), executionId: run.id });
		return { kind: "under_way", text: `AWS starts ${whom(plan.targets)}` };
	},
	rollback: async (plan, writer, run, reader) => {
		const { aws, region } = await requireWriter(plan, writer);
		const ids = await idsToTakeBack("stopped", plan, reader);
		if (ids.length > 0) await aws.stopInstances({ region, ids, executionId: run.id });
		return `${whom(plan.targets)} ${plan.targets.length === 1 ? "is" : "are"} being stopped again`;
	},
	verify: () => undefined,
	reconcile: (plan, world, run) => reconcilePower("running", plan, world, run),
});
