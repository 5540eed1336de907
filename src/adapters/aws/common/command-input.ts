import type { SendCommandCommandInput } from "@aws-sdk/client-ssm";
import { AppError } from "../../../domain/errors.ts";
import type { AwsDocument } from "../../../ports/aws-reader.ts";
import { checkInstanceIds } from "./check-instance-ids.ts";
import { ourDocument } from "./our-documents.ts";

/** A command to be sent. */
export type CommandRequest = {
	readonly document: Pick<AwsDocument, "name" | "version" | "hash">;
	readonly instanceIds: readonly string[];
	readonly parameters: Readonly<Record<string, readonly string[]>>;
	/** Within this the instances must have begun; AWS takes at least 30 s. */
	readonly timeoutSeconds: number;
	/** By which the command is found again; at most 100 characters. */
	readonly comment: string;
};

/**
 * The input of ssm:SendCommand, pinned to the document's version and content. Only documents of ours, with
 * parameters that their patterns allow: AWS checks the same once more. AppError `invalid` otherwise. Pure.
 */
export function commandInput(request: CommandRequest): SendCommandCommandInput {
	const { document, comment } = request;
	checkInstanceIds(request.instanceIds);
	if (!/^\d{1,10}$/.test(document.version) || !/^[0-9a-f]{64}$/i.test(document.hash))
		throw refused(`the document ${document.name.slice(0, 60)} is not pinned to a version and its content`);
	if (!/^[\x20-\x7e]{1,100}$/.test(comment)) throw refused("its comment is empty or too long");
	checkParameters(document.name, request.parameters);
	return {
		DocumentName: document.name,
		DocumentVersion: document.version,
		DocumentHash: document.hash,
		DocumentHashType: "Sha256",
		InstanceIds: [...request.instanceIds],
		Parameters: Object.fromEntries(
			Object.entries(request.parameters).map(([name, values]) => [name, [...values]]),
		),
		Comment: comment,
		TimeoutSeconds: Math.min(3600, Math.max(30, Math.ceil(request.timeoutSeconds))),
	};
}

function checkParameters(name: string, given: CommandRequest["parameters"]): void {
	const declared = ourDocument(name)?.parameters;
	if (!declared) throw refused(`${name.slice(0, 60)} is not a document of this product`);
	for (const key of Object.keys(given))
		if (!Object.hasOwn(declared, key)) throw refused(`${name} has no parameter ${key.slice(0, 40)}`);
	for (const [key, { allowedPattern, maxChars }] of Object.entries(declared)) {
		const [value, ...others] = Object.hasOwn(given, key) ? (given[key] ?? []) : [];
		if (value === undefined || others.length > 0) throw refused(`${name} needs one value for ${key}`);
		if (value.length > maxChars || value.includes("\n") || !new RegExp(allowedPattern).test(value))
			throw refused(`the value of ${key} holds what ${name} does not allow`);
	}
}

function refused(why: string): AppError {
	return new AppError("invalid", `The command was not sent: ${why}; correct it and ask again.`, {
		extra: { changed: false },
	});
}
