import { reconcileByBoot } from "./aws/boot-times.ts";
import { findTargets } from "./aws/find-targets.ts";
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
import { remainingHealth } from "./aws/remaining-health.ts";
import { requireReader, requireWriter } from "./aws/require-aws.ts";
import { runningChecks } from "./aws/running-checks.ts";
import { counted } from "./aws/words.ts";
import { defineRemediation } from "./define-remediation.ts";

/** Reboots instances: the same machine, address and volumes, with everything on it started again. */
export const rebootInstance = defineRemediation({
	name: "reboot-instance",
	version: 1,
	title: "Reboot an instance",
	description:
		"Reboots EC2 instances, one by name or id or all that carry a tag. They keep addresses and volumes.",
	risk: "medium",
	reversal: "nothing-to-undo",
	usualSeconds: 5,
	longestSeconds: 600,
	showsAfterSeconds: 180,
	iam: {
		read: ["ec2:DescribeInstances", "ec2:DescribeInstanceStatus", "autoscaling:DescribeAutoScalingGroups"],
		write: ["ec2:RebootInstances"],
	},
	parameters: InstanceParameters,
	plan: async (parameters, reader) => {
		const aws = requireReader(reader);
		const targets = await findTargets(aws, parameters);
		requireState(targets, "running", "rebooted");
		const place = placeOf(targets);
		const { outages, others } = await remainingHealth(aws, targets, "for about 2 min");
		const inGroup = targets.some(({ group }) => group !== undefined);
		return {
			title: `Reboot ${whom(targets)}`,
			...place,
			targets: instanceTargets(targets),
			summary: `Reboot ${whomExactly(targets)}, in ${place.region}${targets.length > 1 ? ", all at once" : ""}.`,
			doneLabel: "rebooted",
			noun: "a reboot",
			checks: [
				...outages,
				...runningChecks(targets),
				...others,
				{ verdict: "info", text: "Not reachable for about 2 min; sessions on it end" },
				{ verdict: "info", text: "Addresses and volumes stay, and so does data on an instance store" },
				...(inGroup
					? [
							{
								verdict: "info" as const,
								text: "The group may replace an instance that fails its health check meanwhile",
							},
						]
					: []),
				{ verdict: "info", text: "Costs nothing extra" },
			],
			permissions: [...instanceNeeds(targets, ["ec2:RebootInstances"])],
		};
	},
	execute: async (plan, writer, run) => {
		const { aws, region } = await requireWriter(plan, writer);
		await aws.rebootInstances({ region, ids: plannedIds(plan), executionId: run.id });
		const what = plan.targets.length === 1 ? plan.targets[0]?.name : counted(plan.targets.length, "instance");
		return { kind: "done", text: `Rebooted ${what}: AWS took the order, and booting takes about 2 min` };
	},
	verify: () => undefined,
	reconcile: (plan, { reader, metrics, nowMs }, { intendedAtMs }) =>
		reconcileByBoot(metrics, requireReader(reader).bootTime, plannedIds(plan), { intendedAtMs, nowMs }),
});
