import {
	type Command,
	type CommandInvocation,
	ListCommandInvocationsCommand,
	ListCommandsCommand,
} from "@aws-sdk/client-ssm";
import { AppError } from "../../../domain/errors.ts";
import type { AwsCommand } from "../../../ports/aws-reader.ts";
import { readPages } from "../common/read-pages.ts";
import { type ReaderContext, readAws } from "./reader-context.ts";
import { toCommand } from "./to-command.ts";

const PAGES = 40;

/**
 * The command that carries this comment; undefined where the list holds none. AppError `unavailable` where the list
 * is too long to be looked through: then nothing is known.
 */
export async function findCommand(
	context: ReaderContext,
	region: string,
	comment: string,
	sinceMs: number,
): Promise<AwsCommand | undefined> {
	const after = new Date(Math.max(0, sinceMs)).toISOString().replace(/\.\d+Z$/, "Z");
	let token: string | undefined;
	for (let page = 0; page < PAGES; page += 1) {
		const input = {
			Filters: [{ key: "InvokedAfter" as const, value: after }],
			MaxResults: 50,
			...(token ? { NextToken: token } : {}),
		};
		const reply = await readAws(context, "ssm:ListCommands", (options) =>
			context.ssm(region).send(new ListCommandsCommand(input), options),
		);
		const found = reply.Commands?.find((command) => command.Comment === comment);
		if (found) return withInvocations(context, region, found);
		token = reply.NextToken;
		if (!token) return undefined;
	}
	throw new AppError(
		"unavailable",
		`Too many commands were sent in ${region} to find this one; look for its comment in Systems Manager.`,
		{ detail: `comment ${comment.slice(0, 100)}` },
	);
}

async function withInvocations(
	context: ReaderContext,
	region: string,
	command: Command,
): Promise<AwsCommand> {
	return toCommand(command, await readInvocations(context, region, command.CommandId ?? ""));
}

/** What became of a command on each instance. */
export function readInvocations(
	context: ReaderContext,
	region: string,
	commandId: string,
): Promise<readonly CommandInvocation[]> {
	return readPages(
		async (token) => {
			const input = {
				CommandId: commandId,
				Details: true,
				MaxResults: 50,
				...(token ? { NextToken: token } : {}),
			};
			const reply = await readAws(context, "ssm:ListCommandInvocations", (options) =>
				context.ssm(region).send(new ListCommandInvocationsCommand(input), options),
			);
			return { items: reply.CommandInvocations, next: reply.NextToken };
		},
		{ most: 1000, what: "instances of one command" },
	);
}
