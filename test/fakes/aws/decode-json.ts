import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "./aws-error.ts";

/**
 * Reads the body of the JSON protocol by the schema of the operation. Errors: text that is no JSON object, a member
 * that the schema does not know, a value of another type.
 */
export function decodeJson(schema: NormalizedSchema, text: string): Record<string, unknown> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text || "{}");
	} catch {
		throw new AwsError("SerializationException", "The body is not JSON");
	}
	return schema.isStructSchema() ? readStructure(schema, parsed, "input") : {};
}

function readValue(schema: NormalizedSchema, value: unknown, path: string): unknown {
	if (schema.isStructSchema()) return readStructure(schema, value, path);
	if (schema.isListSchema()) {
		if (!Array.isArray(value)) throw mistyped(path, "a list");
		return value.map((item, index) => readValue(schema.getValueSchema(), item, `${path}[${index}]`));
	}
	if (schema.isMapSchema()) {
		const entries = Object.entries(objectAt(value, path));
		const read = ([key, item]: [string, unknown]) => [
			key,
			readValue(schema.getValueSchema(), item, `${path}.${key}`),
		];
		return Object.fromEntries(entries.map(read));
	}
	return readSimple(schema, value, path);
}

function readStructure(schema: NormalizedSchema, value: unknown, path: string): Record<string, unknown> {
	const members = new Map(schema.structIterator());
	const result: Record<string, unknown> = {};
	for (const [name, item] of Object.entries(objectAt(value, path))) {
		const member = members.get(name);
		if (!member) throw new AwsError("ValidationException", `Unknown member ${path}.${name}`);
		if (item !== null) result[name] = readValue(member, item, `${path}.${name}`);
	}
	return result;
}

function readSimple(schema: NormalizedSchema, value: unknown, path: string): unknown {
	if (schema.isStringSchema() && typeof value !== "string") throw mistyped(path, "a string");
	if (schema.isBooleanSchema() && typeof value !== "boolean") throw mistyped(path, "true or false");
	if (schema.isNumericSchema() && typeof value !== "number") throw mistyped(path, "a number");
	if (!schema.isTimestampSchema()) return value;
	if (typeof value !== "number") throw mistyped(path, "a time in seconds");
	return new Date(value * 1000);
}

function objectAt(value: unknown, path: string): object {
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw mistyped(path, "an object");
	return value;
}

function mistyped(path: string, wanted: string): AwsError {
	return new AwsError("SerializationException", `${path} must be ${wanted}`);
}
