import type {
	CreateDocumentRequest,
	DescribeDocumentRequest,
	GetDocumentRequest,
	UpdateDocumentDefaultVersionRequest,
	UpdateDocumentRequest,
} from "@aws-sdk/client-ssm";
import { AwsError } from "./aws-error.ts";
import { documentView } from "./document-view.ts";
import { readContent, type SsmDocument, versionOf } from "./documents.ts";
import type { CallContext, Operation } from "./operation.ts";

/** The documents of Systems Manager. */
export const ssmDocumentOperations: Readonly<Record<string, Operation>> = {
	CreateDocument(input: CreateDocumentRequest, context) {
		const { Name: name = "", Content = "", DocumentType: type = "Command" } = input;
		if (!/^[a-zA-Z0-9_\-.]{3,128}$/.test(name))
			throw new AwsError("ValidationException", `'${name}' is no name for a document`);
		if (context.region.documents.has(name))
			throw new AwsError("DocumentAlreadyExists", `Document ${name} already exists`);
		const tags = Object.fromEntries((input.Tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
		const version = readContent(Content, "1", context.nowMs, input.VersionName);
		const document: SsmDocument = { name, type, tags, versions: [version], defaultVersion: "1" };
		context.region.documents.set(name, document);
		context.record([name], { version: "1", hash: version.hash });
		return { DocumentDescription: documentView(document, version, context) };
	},

	UpdateDocument(input: UpdateDocumentRequest, context) {
		const document = namedDocument(input.Name, context);
		const latest = versionOf(document, "$LATEST");
		versionOf(document, input.DocumentVersion ?? "$LATEST");
		const number = String(Number(latest.version) + 1);
		const version = readContent(input.Content ?? "", number, context.nowMs, input.VersionName);
		if (version.hash === latest.hash)
			throw new AwsError("DuplicateDocumentContent", "The content is that of the latest version");
		document.versions.push(version);
		context.record([document.name], { version: number, hash: version.hash });
		return { DocumentDescription: documentView(document, version, context) };
	},

	UpdateDocumentDefaultVersion(input: UpdateDocumentDefaultVersionRequest, context) {
		const document = namedDocument(input.Name, context);
		const { version } = versionOf(document, input.DocumentVersion);
		const from = document.defaultVersion;
		if (from !== version) {
			document.defaultVersion = version;
			context.record([document.name], { defaultVersion: { from, to: version } });
		}
		return { Description: { Name: document.name, DefaultVersion: version } };
	},

	DescribeDocument(input: DescribeDocumentRequest, context) {
		const document = namedDocument(input.Name, context);
		return { Document: documentView(document, versionOf(document, input.DocumentVersion), context) };
	},

	GetDocument(input: GetDocumentRequest, context) {
		const document = namedDocument(input.Name, context);
		const version = versionOf(document, input.DocumentVersion);
		return {
			Name: document.name,
			DocumentVersion: version.version,
			VersionName: version.versionName,
			CreatedDate: new Date(version.createdAtMs),
			Status: "Active",
			Content: version.content,
			DocumentType: document.type,
			DocumentFormat: version.format,
		};
	},
};

/** A document by its name. Error: InvalidDocument. */
export function namedDocument(name: string | undefined, { region }: CallContext): SsmDocument {
	const document = region.documents.get(name ?? "");
	if (!document) throw new AwsError("InvalidDocument", `Document with name ${name} does not exist.`);
	return document;
}
