import { createHash } from "node:crypto";
import { parse } from "yaml";
import { AwsError } from "./aws-error.ts";

export type DocumentParameter = {
	readonly type: string;
	readonly description?: string;
	readonly default?: unknown;
	readonly allowedPattern?: string;
	readonly allowedValues?: readonly string[];
	readonly minChars?: number;
	readonly maxChars?: number;
	readonly minItems?: number;
	readonly maxItems?: number;
};

export type DocumentVersion = {
	readonly version: string;
	readonly versionName?: string;
	readonly content: string;
	readonly format: "JSON" | "YAML";
	/** SHA-256 of the content, hexadecimal. */
	readonly hash: string;
	readonly createdAtMs: number;
	readonly schemaVersion: string;
	readonly description: string;
	readonly parameters: Readonly<Record<string, DocumentParameter>>;
};

export type SsmDocument = {
	readonly name: string;
	readonly type: string;
	tags: Record<string, string>;
	/** Oldest first. */
	readonly versions: DocumentVersion[];
	defaultVersion: string;
};

type ParsedContent = {
	schemaVersion?: unknown;
	description?: unknown;
	parameters?: Record<string, DocumentParameter>;
};

/** Reads a document's content. Error: InvalidDocumentContent when it is neither JSON nor YAML with a schemaVersion. */
export function readContent(
	content: string,
	version: string,
	createdAtMs: number,
	versionName?: string,
): DocumentVersion {
	const parsed = parseContent(content);
	if (typeof parsed.schemaVersion !== "string")
		throw new AwsError("InvalidDocumentContent", "The document content has no schemaVersion");
	return {
		version,
		...(versionName === undefined ? {} : { versionName }),
		content,
		format: content.trimStart().startsWith("{") ? "JSON" : "YAML",
		hash: createHash("sha256").update(content).digest("hex"),
		createdAtMs,
		schemaVersion: parsed.schemaVersion,
		description: typeof parsed.description === "string" ? parsed.description : "",
		parameters: parsed.parameters ?? {},
	};
}

/** The version a request names: a number, `$LATEST`, `$DEFAULT`, or nothing for the default. */
export function versionOf(document: SsmDocument, wanted = "$DEFAULT"): DocumentVersion {
	const number = wanted === "$DEFAULT" ? document.defaultVersion : wanted;
	const found =
		wanted === "$LATEST"
			? document.versions.at(-1)
			: document.versions.find((version) => version.version === number);
	if (!found)
		throw new AwsError("InvalidDocumentVersion", `Document ${document.name} has no version ${wanted}`);
	return found;
}

function parseContent(content: string): ParsedContent {
	let parsed: unknown;
	try {
		parsed = parse(content);
	} catch {
		parsed = undefined;
	}
	if (typeof parsed !== "object" || parsed === null)
		throw new AwsError("InvalidDocumentContent", "The document content is neither JSON nor YAML");
	return parsed;
}
