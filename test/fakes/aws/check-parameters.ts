import { AwsError } from "./aws-error.ts";
import type { DocumentParameter, DocumentVersion } from "./documents.ts";

/**
 * Judges the parameters of a command by those the document declares: names, presence, types, lengths, allowed values
 * and patterns. A pattern holds where it is found in the value, so one without anchors guards little. Error:
 * InvalidParameters.
 */
export function checkParameters(
	document: DocumentVersion,
	given: Readonly<Record<string, readonly string[]>>,
): void {
	for (const name of Object.keys(given))
		if (!Object.hasOwn(document.parameters, name))
			throw invalid(`Parameter ${name} is not in the document's schema`);
	for (const [name, declared] of Object.entries(document.parameters)) {
		const values = given[name];
		if (values) checkValues(name, declared, values);
		else if (declared.default === undefined) throw invalid(`Parameter ${name} is required`);
	}
}

function checkValues(name: string, declared: DocumentParameter, values: readonly string[]): void {
	if (declared.type !== "StringList" && values.length !== 1)
		throw invalid(`Parameter ${name} takes one value, not ${values.length}`);
	const { minItems = 0, maxItems = Infinity, minChars = 0, maxChars = Infinity } = declared;
	if (values.length < minItems || values.length > maxItems)
		throw invalid(`Parameter ${name} has ${values.length} items`);
	const pattern = declared.allowedPattern === undefined ? undefined : new RegExp(declared.allowedPattern);
	for (const value of values) {
		if (value.length < minChars || value.length > maxChars)
			throw invalid(`Parameter ${name} has ${value.length} characters`);
		if (declared.allowedValues && !declared.allowedValues.includes(value))
			throw invalid(`Parameter ${name} must be one of ${declared.allowedValues.join(", ")}`);
		if (pattern && !pattern.test(value))
			throw invalid(`Parameter ${name} does not match the pattern ${pattern.source}`);
	}
}

function invalid(message: string): AwsError {
	return new AwsError("InvalidParameters", message);
}
