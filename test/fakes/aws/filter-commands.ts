import type { CommandFilter } from "@aws-sdk/client-ssm";
import { AwsError } from "./aws-error.ts";
import { statusesOf } from "./command-views.ts";
import { type Command, commandStatus } from "./commands.ts";
import type { CallContext } from "./operation.ts";

/** Whether every filter of a list of commands admits this one. */
export function admitsCommand(
	command: Command,
	filters: readonly CommandFilter[] = [],
	context: CallContext,
): boolean {
	return filters.every((filter) => admits(command, filter, context));
}

function admits(command: Command, { key, value = "" }: CommandFilter, context: CallContext): boolean {
	const status = () => commandStatus(statusesOf(command, context));
	switch (key) {
		case "InvokedAfter":
			return command.requestedAtMs >= instant(value);
		case "InvokedBefore":
			return command.requestedAtMs < instant(value);
		case "DocumentName":
			return command.documentName === value;
		case "Status":
			return status() === value;
		case "ExecutionStage":
			return (["Pending", "InProgress"].includes(status()) ? "Executing" : "Complete") === value;
		default:
			throw new AwsError("InvalidFilterKey", `The filter key ${key} is not valid`);
	}
}

function instant(text: string): number {
	const ms = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? Date.parse(text) : Number.NaN;
	if (Number.isNaN(ms)) throw new AwsError("ValidationException", `'${text}' is not a time in UTC`);
	return ms;
}
