import { randomUUID } from "node:crypto";
import type { SendCommandRequest, Target } from "@aws-sdk/client-ssm";
import { AwsError } from "./aws-error.ts";
import { checkParameters } from "./check-parameters.ts";
import { commandView } from "./command-views.ts";
import type { Command } from "./commands.ts";
import { deliverCommand, keepCommand } from "./deliver-command.ts";
import { versionOf } from "./documents.ts";
import { isGone } from "./instances.ts";
import type { CallContext } from "./operation.ts";
import { settleRegion } from "./settle-region.ts";
import { namedDocument } from "./ssm-document-operations.ts";

const COMMENT_CHARACTERS = 100;
const DEFAULT_TIMEOUT_SECONDS = 3600;

/** SendCommand: refuses what AWS refuses, then hands the command to its instances. */
export function sendCommand(input: SendCommandRequest, context: CallContext): object {
	settleRegion(context.region);
	checkLimits(input);
	const document = namedDocument(input.DocumentName, context);
	const version = versionOf(document, input.DocumentVersion);
	const hash = input.DocumentHash;
	if (hash !== undefined && (hash !== version.hash || input.DocumentHashType === "Sha1"))
		throw new AwsError("InvalidDocumentVersion", `The hash of ${document.name} is not the given one`);
	checkParameters(version, input.Parameters ?? {});
	const targets = context.reached(targetIds(input, context));
	const command: Command = {
		commandId: randomUUID(),
		documentName: document.name,
		documentVersion: input.DocumentVersion ?? "$DEFAULT",
		comment: input.Comment ?? "",
		parameters: input.Parameters ?? {},
		requestedAtMs: context.nowMs,
		timeoutSeconds: input.TimeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
		targets: input.Targets ?? [],
		instanceIds: input.InstanceIds ?? [],
		invocations: new Map(targets.map((instanceId) => [instanceId, { instanceId }])),
	};
	if (targets.length > 0) {
		keepCommand(context.region, command);
		const { commandId, documentName, parameters } = command;
		const detail = {
			commandId,
			documentName,
			documentVersion: version.version,
			hash: version.hash,
			parameters,
		};
		context.record(targets, detail, command.comment);
		deliverCommand(context.region, command);
	}
	return { Command: commandView(command, context) };
}

function checkLimits(input: SendCommandRequest): void {
	const { Comment = "", TimeoutSeconds = DEFAULT_TIMEOUT_SECONDS, InstanceIds = [] } = input;
	if (Comment.length > COMMENT_CHARACTERS)
		throw new AwsError(
			"ValidationException",
			"Value at 'comment' must have length less than or equal to 100",
		);
	if (!Number.isInteger(TimeoutSeconds) || TimeoutSeconds < 30 || TimeoutSeconds > 2_592_000)
		throw new AwsError("ValidationException", "Value at 'timeoutSeconds' must be from 30 to 2592000");
	if (InstanceIds.length > 50)
		throw new AwsError("ValidationException", "Value at 'instanceIds' must have at most 50 members");
	if (new Set(InstanceIds).size < InstanceIds.length)
		throw new AwsError(
			"DuplicateInstanceId",
			"You can't specify an instance ID in more than one association.",
		);
	if ((InstanceIds.length === 0) === (input.Targets === undefined))
		throw new AwsError("ValidationException", "Give either InstanceIds or Targets");
}

function targetIds(input: SendCommandRequest, { region }: CallContext): string[] {
	const managed = [...region.instances.values()].filter(
		(instance) => instance.ping !== undefined && !isGone(instance),
	);
	if (input.Targets)
		return managed
			.filter(({ instanceId, tags }) => input.Targets?.every((target) => admits(target, instanceId, tags)))
			.map((instance) => instance.instanceId);
	const known = new Set(managed.map((instance) => instance.instanceId));
	const unknown = (input.InstanceIds ?? []).filter((id) => !known.has(id));
	if (unknown.length > 0)
		throw new AwsError(
			"InvalidInstanceId",
			`Instances [[${unknown.join(", ")}]] not in a valid state for account ${region.account}`,
		);
	return [...(input.InstanceIds ?? [])];
}

function admits(
	{ Key = "", Values = [] }: Target,
	instanceId: string,
	tags: Readonly<Record<string, string>>,
): boolean {
	if (Key.toLowerCase() === "instanceids") return Values.includes(instanceId);
	if (!Key.startsWith("tag:")) throw new AwsError("InvalidTarget", `Unknown target key ${Key}`);
	const tag = Key.slice(4);
	return Object.hasOwn(tags, tag) && Values.includes(tags[tag] ?? "");
}
