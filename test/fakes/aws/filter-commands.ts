import type { CommandFilter } from "@aws-sdk/client-ssm";
import { AwsError } from "./aws-error.ts";
import { statusesOf } from "./command-views.ts";
import { type Command, commandStatus } from "./commands.ts";
import type { CallContext } from "./operation.ts";

type Admits = (command: Command) => boolean;

/** Whether a command is admitted by every filter of a list. Errors: an unknown key, a time that is none. */
export function commandFilter(filters: readonly CommandFilter[] = [], context: CallContext): Admits {
	const all = filters.map((filter) => oneFilter(filter, context));
	return (command) => all.every((admits) => admits(command));
}

function oneFilter({ key, value = "" }: CommandFilter, context: CallContext): Admits {
	const statusOf = (command: Command) => commandStatus(statusesOf(command, context));
	const stageOf = (command: Command) =>
		["Pending", "InProgress"].includes(statusOf(command)) ? "Executing" : "Complete";
	switch (key) {
		case "InvokedAfter": {
			const fromMs = instant(value);
			return (command) => command.requestedAtMs >= fromMs;
		}
		case "InvokedBefore": {
			const untilMs = instant(value);
			return (command) => command.requestedAtMs < untilMs;
		}
		case "DocumentName":
			return (command) => command.documentName === value;
		case "Status":
			return (command) => statusOf(command) === value;
		case "ExecutionStage":
			return (command) => stageOf(command) === value;
		default:
			throw new AwsError("InvalidFilterKey", `The filter key ${key} is not valid`);
	}
}

/** Unix milliseconds of a time such as `2026-11-20T12:00:00Z`. */
function instant(text: string): number {
	const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text) ? Date.parse(text) : Number.NaN;
	if (Number.isNaN(ms)) throw new AwsError("InvalidFilterValue", `'${text}' is not a time in UTC`);
	return ms;
}
