import { SendCommandCommand } from "@aws-sdk/client-ssm";
import { AppError } from "../../../domain/errors.ts";
import type { AwsWriter } from "../../../ports/aws-writer.ts";
import { commandInput } from "../common/command-input.ts";
import { beforeEffect, callOnce, type WriterContext } from "./writer-context.ts";

type Request = Parameters<AwsWriter["sendCommand"]>[0];

/** Sends a command of ours once, with the execution's id as its comment. */
export async function sendCommand(
	context: WriterContext,
	request: Request,
): Promise<{ readonly commandId: string }> {
	const { client, input } = await beforeEffect(async () => {
		const built = commandInput({ ...request, comment: request.executionId });
		await context.account();
		return { client: context.ssm(request.region), input: built };
	});
	const { Command: sent } = await callOnce(context, "ssm:SendCommand", (options) =>
		client.send(new SendCommandCommand(input), options),
	);
	if (sent?.CommandId !== undefined) return { commandId: sent.CommandId };
	throw new AppError("unavailable", "Systems Manager took the command without naming it; look for it there.");
}
