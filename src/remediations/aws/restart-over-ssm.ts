import { AppError } from "../../domain/errors.ts";
import type { Plan } from "../../domain/plan.ts";
import type { AwsReader, AwsService } from "../../ports/aws-reader.ts";
import type { CloudWriter } from "../../ports/cloud-writer.ts";
import type { PlanDraft, Reconciliation, Run, RunState, World } from "../define-remediation.ts";
import { instanceTargets, placeOf, plannedIds, whomExactly } from "./instance-plan.ts";
import { reconcileCommand } from "./judge-command.ts";
import { DOCUMENTS, documentPin, pinnedDocument } from "./pinned-document.ts";
import { outageCheck } from "./remaining-health.ts";
import { requireWriter } from "./require-aws.ts";
import { commandNeeds, serviceTargets } from "./service-targets.ts";
import { counted } from "./words.ts";

/** Within this the agents must have taken the command. */
const DELIVERED_WITHIN_SECONDS = 60;

/** A plan to restart a service's systemd unit on every instance that runs it. */
export async function planRestartOverSsm(aws: AwsReader, service: AwsService): Promise<PlanDraft> {
	const { targets, environment, checks } = await serviceTargets(aws, service);
	const document = await pinnedDocument(aws, service.region, DOCUMENTS.restart);
	const count = targets.length;
	return {
		title: `Restart ${service.name} on ${counted(count, "instance")}`,
		...placeOf(targets),
		environment,
		targets: instanceTargets(targets).map((target) => ({
			...target,
			state: { ...target.state, service: service.name, unit: service.unit },
		})),
		summary: `Restart ${service.name} (${service.unit}) on ${whomExactly(targets)}, in ${service.region}${count > 1 ? ", all at once" : ""}.`,
		doneLabel: "restarted",
		noun: "a restart",
		doneIf: "its unit is active on every instance",
		checks: [
			// It goes to all that run, so that none is left to serve meanwhile.
			outageCheck(service.name, count, 0, "while it restarts"),
			...checks,
			{
				verdict: "pass",
				text: `Document ${document.name} ${document.version} is the one this product ships`,
			},
			{
				verdict: "info",
				text: `What ${count > 1 ? "they hold" : "it holds"} in memory is gone`,
			},
			{ verdict: "info", text: "Costs nothing extra" },
		],
		document: documentPin(document),
		permissions: commandNeeds(targets, document),
	};
}

/** Sends the planned restart, once. */
export async function restartOverSsm(plan: Plan, writer: CloudWriter, run: Run): Promise<RunState> {
	const { aws, region } = await requireWriter(plan, writer);
	const { unit } = plan.targets[0]?.state ?? {};
	if (!plan.document || typeof unit !== "string")
		throw new AppError("invalid", "The plan names no document and unit; ask again for a new plan.");
	await aws.sendCommand({
		region,
		document: plan.document,
		instanceIds: plannedIds(plan),
		parameters: { Unit: [unit] },
		timeoutSeconds: DELIVERED_WITHIN_SECONDS,
		executionId: run.id,
	});
	return { kind: "under_way", text: `Sent to ${counted(plan.targets.length, "instance")}` };
}

/** What became of a sent restart. */
export function reconcileRestartOverSsm(plan: Plan, world: World, run: Run): Promise<Reconciliation> {
	const service = String(plan.targets[0]?.state.service ?? "the service");
	return reconcileCommand(plan, world, run, {
		verb: "Restarted",
		done: ({ instances }) => ({
			kind: "done",
			text: `Restarted ${service} on ${counted(instances.length, "instance")}`,
		}),
	});
}
