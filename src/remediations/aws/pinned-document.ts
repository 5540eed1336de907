import { AppError } from "../../domain/errors.ts";
import type { AwsDocument, AwsReader } from "../../ports/aws-reader.ts";

/** The documents of Systems Manager that this product ships. */
export const DOCUMENTS = {
	restart: "SmartCloudOps-RestartService",
	clean: "SmartCloudOps-CleanDisk",
	report: "SmartCloudOps-CleanDiskReport",
} as const;

/**
 * A document's default version, pinned by number and content: a plan holds it, and AWS refuses another content.
 * @throws AppError `conflict` where its content is not the one this product ships
 */
export async function pinnedDocument(aws: AwsReader, region: string, name: string): Promise<AwsDocument> {
	const document = await aws.readDocument(region, name);
	if (document.ours) return document;
	throw new AppError(
		"conflict",
		`The document ${name} in ${region} (version ${document.version}) is not the one this product ships; install it again, then ask again.`,
	);
}

/** The part of a document that a plan keeps. */
export function documentPin({ name, version, hash }: AwsDocument) {
	return { name, version, hash };
}
