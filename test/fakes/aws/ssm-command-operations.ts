import type {
	GetCommandInvocationRequest,
	ListCommandInvocationsRequest,
	ListCommandsRequest,
} from "@aws-sdk/client-ssm";
import { AwsError } from "./aws-error.ts";
import { commandView, getInvocationView, invocationView } from "./command-views.ts";
import type { Command } from "./commands.ts";
import { commandFilter } from "./filter-commands.ts";
import type { CallContext, Operation } from "./operation.ts";
import { paginate } from "./paginate.ts";
import { sendCommand } from "./send-command.ts";
import { settleRegion } from "./settle-region.ts";

/** Run Command of Systems Manager. */
export const ssmCommandOperations: Readonly<Record<string, Operation>> = {
	SendCommand: sendCommand,

	ListCommands(input: ListCommandsRequest, context) {
		settleRegion(context.region);
		checkMaxResults(input.MaxResults);
		const admits = commandFilter(input.Filters, context);
		const found = listed(context, input.CommandId).filter(
			(command) =>
				(input.InstanceId === undefined || command.invocations.has(input.InstanceId)) && admits(command),
		);
		const page = paginate(found, input.NextToken, input.MaxResults, 50);
		return {
			Commands: page.items.map((command) => commandView(command, context)),
			NextToken: page.nextToken,
		};
	},

	ListCommandInvocations(input: ListCommandInvocationsRequest, context) {
		settleRegion(context.region);
		checkMaxResults(input.MaxResults);
		const found = listed(context, input.CommandId)
			.filter(commandFilter(input.Filters, context))
			.flatMap((command) => [...command.invocations.values()].map((invocation) => ({ command, invocation })))
			.filter(
				({ invocation }) => input.InstanceId === undefined || invocation.instanceId === input.InstanceId,
			);
		const page = paginate(found, input.NextToken, input.MaxResults, 50);
		const detailed = input.Details ?? false;
		return {
			CommandInvocations: page.items.map(({ command, invocation }) =>
				invocationView(command, invocation, context, detailed),
			),
			NextToken: page.nextToken,
		};
	},

	GetCommandInvocation(input: GetCommandInvocationRequest, context) {
		settleRegion(context.region);
		const command = context.region.commands.get(input.CommandId ?? "");
		const invocation = command?.invocations.get(input.InstanceId ?? "");
		if (!command || !invocation)
			throw new AwsError("InvocationDoesNotExist", "An error occurred: the invocation does not exist");
		return getInvocationView(command, invocation, context);
	},
};

/** What the lists show, newest first. */
function listed({ region, nowMs }: CallContext, commandId: string | undefined): Command[] {
	const named = commandId === undefined ? undefined : region.commands.get(commandId);
	const all = commandId === undefined ? [...region.commands.values()].toReversed() : named ? [named] : [];
	const visibleBeforeMs = nowMs - region.rules.commandListLagMs;
	return all.filter((command) => command.requestedAtMs <= visibleBeforeMs);
}

function checkMaxResults(maxResults: number | undefined): void {
	if (maxResults !== undefined && (maxResults < 1 || maxResults > 50))
		throw new AwsError("ValidationException", "MaxResults must be from 1 to 50");
}
