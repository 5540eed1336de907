import { DescribeDocumentCommand, GetDocumentCommand } from "@aws-sdk/client-ssm";
import { AppError } from "../../../domain/errors.ts";
import type { AwsDocument } from "../../../ports/aws-reader.ts";
import { isOurContent } from "../common/our-documents.ts";
import { type ReaderContext, readAws } from "./reader-context.ts";

/**
 * The default version of a document with the hash that Systems Manager compares when a command is sent. Whether it
 * is ours goes by what its content means: AWS gives it as JSON where it was stored as YAML.
 */
export async function readDocument(
	context: ReaderContext,
	region: string,
	name: string,
): Promise<AwsDocument> {
	if (!/^[A-Za-z0-9_.-]{3,128}$/.test(name))
		throw new AppError("invalid", "This is not the name of a document of Systems Manager; correct it.");
	const ssm = context.ssm(region);
	const { Document: described = {} } = await readAws(context, "ssm:DescribeDocument", (options) =>
		ssm.send(new DescribeDocumentCommand({ Name: name }), options),
	);
	const { DocumentVersion: version, Hash: hash, HashType: hashType, Status: status } = described;
	if (version === undefined || hash === undefined || hashType !== "Sha256" || status !== "Active")
		throw new AppError(
			"unavailable",
			`The document ${name} in ${region} can't be used at the moment; look at it in Systems Manager.`,
			{ detail: `status ${status ?? "unknown"}, hash ${hashType ?? "unknown"}` },
		);
	const { Content: content = "" } = await readAws(context, "ssm:GetDocument", (options) =>
		ssm.send(new GetDocumentCommand({ Name: name, DocumentVersion: version }), options),
	);
	return { name, version, hash: hash.toLowerCase(), ours: isOurContent(name, content) };
}
