import { z } from "zod";
import { AppError } from "../domain/errors.ts";
import type { Plan } from "../domain/plan.ts";
import type { CloudReader } from "../ports/cloud-reader.ts";
import { planRestartOverSsm, reconcileRestartOverSsm, restartOverSsm } from "./aws/restart-over-ssm.ts";
import { findService } from "./aws/service-targets.ts";
import { listText } from "./aws/words.ts";
import { defineRemediation, type PlanDraft } from "./define-remediation.ts";
import {
	planSupervised,
	reconcileSupervised,
	restartSupervised,
	verifySupervised,
} from "./local/restart-supervised.ts";

const Parameters = z.strictObject({
	service: z
		.string()
		.regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/, "name a service by its letters, digits, dots and hyphens"),
});

/** Stops a service and starts it again. What it held in memory is gone, which is the point. */
export const restartService = defineRemediation({
	name: "restart-service",
	version: 1,
	title: "Restart a service",
	description:
		"Restarts a service: the supervised process of this machine, or its systemd unit on its EC2 instances.",
	risk: "medium",
	reversal: "nothing-to-undo",
	usualSeconds: 2,
	longestSeconds: 420,
	showsAfterSeconds: 0,
	iam: {
		read: [
			"ec2:DescribeInstances",
			"ec2:DescribeInstanceStatus",
			"ssm:DescribeDocument",
			"ssm:DescribeInstanceInformation",
			"ssm:GetDocument",
			"ssm:ListCommandInvocations",
			"ssm:ListCommands",
		],
		write: ["ssm:SendCommand"],
	},
	parameters: Parameters,
	plan: ({ service }, reader) => planRestart(service, reader),
	execute: (plan, writer, run) =>
		isLocal(plan) ? restartSupervised(plan, writer.local, run) : restartOverSsm(plan, writer, run),
	verify: (plan) => (isLocal(plan) ? verifySupervised(plan) : undefined),
	reconcile: (plan, world, run) =>
		isLocal(plan)
			? reconcileSupervised(plan, world.reader.local, run)
			: reconcileRestartOverSsm(plan, world, run),
});

function isLocal({ account }: Plan): boolean {
	return account === "local";
}

/** What this machine supervises comes first; else it is a service of the configuration's AWS account. */
async function planRestart(name: string, { local, aws }: CloudReader): Promise<PlanDraft> {
	if (!aws || aws.services.length === 0) return planSupervised(local, name);
	const supervised = (await local.listServices()).map(({ target }) => target);
	if (supervised.includes(name)) return planSupervised(local, name);
	const service = findService(aws, name);
	if (service) return planRestartOverSsm(aws, service);
	const names = [...supervised, ...aws.services.map((one) => one.name)];
	throw new AppError("not_found", `There is no service ${name}; there are: ${listText(names)}.`);
}
