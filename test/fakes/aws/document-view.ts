import type { DocumentDescription, DocumentParameterType } from "@aws-sdk/client-ssm";
import type { DocumentVersion, SsmDocument } from "./documents.ts";
import type { CallContext } from "./operation.ts";

/** A version of a document as DescribeDocument shows it. */
export function documentView(
	document: SsmDocument,
	version: DocumentVersion,
	{ region }: CallContext,
): DocumentDescription {
	return {
		Name: document.name,
		Owner: region.account,
		Hash: version.hash,
		HashType: "Sha256",
		DocumentVersion: version.version,
		VersionName: version.versionName,
		DefaultVersion: document.defaultVersion,
		LatestVersion: document.versions.at(-1)?.version,
		CreatedDate: new Date(version.createdAtMs),
		Status: "Active",
		Description: version.description,
		SchemaVersion: version.schemaVersion,
		DocumentType: document.type as NonNullable<DocumentDescription["DocumentType"]>,
		DocumentFormat: version.format,
		PlatformTypes: ["Linux"],
		Parameters: Object.entries(version.parameters).map(([Name, parameter]) => ({
			Name,
			Type: parameter.type as DocumentParameterType,
			Description: parameter.description,
			DefaultValue: parameter.default === undefined ? undefined : asText(parameter.default),
		})),
		Tags: Object.entries(document.tags).map(([Key, Value]) => ({ Key, Value })),
	};
}

function asText(value: unknown): string {
	return typeof value === "string" ? value : JSON.stringify(value);
}
