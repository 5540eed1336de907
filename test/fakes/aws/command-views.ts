import type {
	CommandInvocation,
	Command as CommandView,
	GetCommandInvocationResult,
} from "@aws-sdk/client-ssm";
import {
	type Command,
	commandStatus,
	deadlineMs,
	type Invocation,
	type InvocationStatus,
	invocationStatus,
} from "./commands.ts";
import type { CallContext } from "./operation.ts";

const LISTED_OUTPUT_CHARACTERS = 2500;

export function statusesOf(command: Command, context: CallContext): InvocationStatus[] {
	return [...command.invocations.values()].map((invocation) => statusOf(command, invocation, context));
}

/** A command as SendCommand and ListCommands show it. */
export function commandView(command: Command, context: CallContext): CommandView {
	const invocations = [...command.invocations.values()];
	const statuses = statusesOf(command, context);
	const count = (...wanted: InvocationStatus[]) =>
		statuses.filter((status) => wanted.includes(status)).length;
	const status = commandStatus(statuses);
	return {
		CommandId: command.commandId,
		DocumentName: command.documentName,
		DocumentVersion: command.documentVersion,
		Comment: command.comment,
		ExpiresAfter: new Date(deadlineMs(command)),
		Parameters: Object.fromEntries(
			Object.entries(command.parameters).map(([name, values]) => [name, [...values]]),
		),
		InstanceIds: [...command.instanceIds],
		Targets: command.targets.map(({ Key, Values = [] }) => ({ Key, Values: [...Values] })),
		RequestedDateTime: new Date(command.requestedAtMs),
		Status: status,
		StatusDetails: status,
		TargetCount: statuses.length,
		CompletedCount: count("Success", "Failed", "TimedOut"),
		ErrorCount: count("Failed", "TimedOut"),
		DeliveryTimedOutCount: invocations.filter(
			(invocation, index) => statuses[index] === "TimedOut" && invocation.deliveredAtMs === undefined,
		).length,
		TimeoutSeconds: command.timeoutSeconds,
	};
}

/** An invocation as ListCommandInvocations shows it; `detailed` adds the plugin with its output. */
export function invocationView(
	command: Command,
	invocation: Invocation,
	context: CallContext,
	detailed: boolean,
): CommandInvocation {
	const status = statusOf(command, invocation, context);
	const plugin = {
		Name: "aws:runShellScript",
		Status: status,
		StatusDetails: detailsOf(status, invocation),
		ResponseCode: responseCode(status, invocation),
		Output: visibleOutput(status, invocation).slice(0, LISTED_OUTPUT_CHARACTERS),
	};
	return {
		CommandId: command.commandId,
		InstanceId: invocation.instanceId,
		Comment: command.comment,
		DocumentName: command.documentName,
		DocumentVersion: command.documentVersion,
		RequestedDateTime: new Date(command.requestedAtMs),
		Status: status,
		StatusDetails: detailsOf(status, invocation),
		CommandPlugins: detailed ? [plugin] : [],
	};
}

/** An invocation as GetCommandInvocation shows it. */
export function getInvocationView(
	command: Command,
	invocation: Invocation,
	context: CallContext,
): GetCommandInvocationResult {
	const status = statusOf(command, invocation, context);
	const { deliveredAtMs, outcome } = invocation;
	const ended = outcome && status !== "InProgress" && status !== "Pending";
	return {
		CommandId: command.commandId,
		InstanceId: invocation.instanceId,
		Comment: command.comment,
		DocumentName: command.documentName,
		DocumentVersion: command.documentVersion,
		PluginName: "aws:runShellScript",
		ResponseCode: responseCode(status, invocation),
		ExecutionStartDateTime: deliveredAtMs === undefined ? "" : new Date(deliveredAtMs).toISOString(),
		ExecutionEndDateTime: ended ? new Date(outcome.endMs).toISOString() : "",
		Status: status,
		StatusDetails: detailsOf(status, invocation),
		StandardOutputContent: visibleOutput(status, invocation),
		StandardErrorContent: ended ? (outcome.errorOutput ?? "") : "",
	};
}

function statusOf(
	command: Command,
	invocation: Invocation,
	{ region, nowMs }: CallContext,
): InvocationStatus {
	return invocationStatus(command, invocation, nowMs, region.rules.transitionMs);
}

function detailsOf(status: InvocationStatus, { deliveredAtMs }: Invocation): string {
	if (status !== "TimedOut") return status;
	return deliveredAtMs === undefined ? "DeliveryTimedOut" : "ExecutionTimedOut";
}

function responseCode(status: InvocationStatus, { outcome }: Invocation): number {
	if (status === "Pending" || status === "InProgress" || !outcome) return -1;
	return outcome.responseCode ?? (status === "Success" ? 0 : 1);
}

function visibleOutput(status: InvocationStatus, { outcome }: Invocation): string {
	return status === "Pending" || status === "InProgress" ? "" : (outcome?.output ?? "");
}
