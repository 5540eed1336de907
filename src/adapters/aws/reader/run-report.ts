import { setTimeout } from "node:timers/promises";
import { type Command, SendCommandCommand } from "@aws-sdk/client-ssm";
import { AppError } from "../../../domain/errors.ts";
import type { AwsCommand, AwsReader } from "../../../ports/aws-reader.ts";
import { callAws } from "../common/call-aws.ts";
import { commandInput } from "../common/command-input.ts";
import { ourDocument } from "../common/our-documents.ts";
import { readInvocations } from "./find-command.ts";
import type { ReaderContext } from "./reader-context.ts";
import { toCommand } from "./to-command.ts";

type Request = Parameters<AwsReader["runReport"]>[0];

/**
 * Runs a document of ours that only reads and gives the outputs by instance id; an instance whose report failed or
 * is late is left out. AppErrors: `invalid` for any other document, `unavailable` where no instance reported.
 */
export async function runReport(
	context: ReaderContext,
	request: Request,
): Promise<ReadonlyMap<string, string>> {
	const { document, region, timeoutSeconds } = request;
	if (!document.ours || ourDocument(document.name)?.reads !== true)
		throw new AppError(
			"invalid",
			"Only reports that come with the product are run for reading; this document is not one of them.",
		);
	const untilMs = context.settings.clock.now() + timeoutSeconds * 1000;
	const input = commandInput({ ...request, comment: "SmartCloudOps report" });
	await context.account();
	const { Command: sent = {} } = await callAws(
		{ action: "ssm:SendCommand", side: "reader" },
		context.settings.times.effectMs,
		(options) => context.ssmOnce(region).send(new SendCommandCommand(input), options),
	);
	const ended = await waitFor(context, region, sent, untilMs);
	const reports = ended.filter(({ state }) => state === "succeeded");
	if (reports.length > 0) return new Map(reports.map(({ id, output }) => [id, output.trim()]));
	const failed = ended.find(({ state }) => state === "failed");
	throw new AppError(
		"unavailable",
		failed
			? `The report failed on ${failed.id}; see the command's output in Systems Manager.`
			: `No instance reported within ${timeoutSeconds} s; check that their agents run.`,
		{ detail: `command ${sent.CommandId ?? "unknown"}: ${failed?.output ?? "no output"}` },
	);
}

async function waitFor(
	context: ReaderContext,
	region: string,
	sent: Command,
	untilMs: number,
): Promise<AwsCommand["instances"]> {
	const { clock, times } = context.settings;
	for (;;) {
		await setTimeout(times.pollMs);
		const { instances } = toCommand(sent, await readInvocations(context, region, sent.CommandId ?? ""));
		const underWay = instances.some(({ state }) => state === "under_way");
		if (!underWay || clock.now() >= untilMs) return instances;
	}
}
