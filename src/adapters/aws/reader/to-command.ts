import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import { redact } from "../../../domain/redact.ts";
import type { AwsCommand } from "../../../ports/aws-reader.ts";

type State = AwsCommand["state"];

const LONGEST_OUTPUT = 2000;
const ENDED: Readonly<Record<string, State>> = {
	Success: "succeeded",
	Failed: "failed",
	Cancelled: "failed",
	TimedOut: "failed",
	DeliveryTimedOut: "failed",
	ExecutionTimedOut: "failed",
	Undeliverable: "failed",
	Terminated: "failed",
	InvalidPlatform: "failed",
	AccessDenied: "failed",
};

/** A state of Systems Manager in our words; what is not known to have ended is under way. */
function stateOf(status: string | undefined): State {
	return status !== undefined && Object.hasOwn(ENDED, status) ? (ENDED[status] ?? "under_way") : "under_way";
}

/**
 * A command with what became of it on each instance, sorted by id. An instance that the command names and that is
 * not listed yet is under way. Pure.
 */
export function toCommand(command: Command, invocations: readonly CommandInvocation[]): AwsCommand {
	const listed = invocations.flatMap((invocation) =>
		invocation.InstanceId === undefined
			? []
			: [{ id: invocation.InstanceId, state: stateOf(invocation.Status), output: outputOf(invocation) }],
	);
	const known = new Set(listed.map(({ id }) => id));
	const awaited = (command.InstanceIds ?? [])
		.filter((id) => !known.has(id))
		.map((id) => ({ id, state: "under_way" as const, output: "" }));
	return {
		id: command.CommandId ?? "",
		sentAtMs: command.RequestedDateTime?.getTime() ?? 0,
		state: stateOf(command.Status),
		instances: [...listed, ...awaited].toSorted((left, right) => (left.id < right.id ? -1 : 1)),
	};
}

/** Secrets are hidden before it is cut: a cut could leave half of one, which nothing recognises. */
function outputOf({ CommandPlugins = [] }: CommandInvocation): string {
	const text = CommandPlugins.map(({ Output = "" }) => Output)
		.filter((output) => output !== "")
		.join("\n");
	return String(redact(text)).slice(-LONGEST_OUTPUT);
}
