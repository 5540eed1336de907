import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "./aws-error.ts";
import { allowedValues } from "./enum-members.ts";
import { requiredMembers } from "./operation-schema.ts";
import type { Protocol } from "./service-name.ts";

/** Refuses input that lacks a required member, at any depth, or has a value outside its enumeration. */
export function checkInput(schema: NormalizedSchema, value: unknown, protocol: Protocol): void {
	if (!schema.isStructSchema()) return;
	const input = value as Record<string, unknown>;
	const structure = schema.getName() ?? "";
	for (const name of requiredMembers(schema)) if (input[name] === undefined) throw missing(name, protocol);
	for (const [name, member] of schema.structIterator()) {
		const found = input[name];
		if (found === undefined) continue;
		const allowed = allowedValues(structure, name);
		if (allowed && typeof found === "string" && !allowed.includes(found))
			throw outside(name, found, allowed, protocol);
		if (member.isListSchema())
			for (const item of found as unknown[]) checkInput(member.getValueSchema(), item, protocol);
		else checkInput(member, found, protocol);
	}
}

function missing(name: string, protocol: Protocol): AwsError {
	if (protocol === "json")
		return new AwsError(
			"ValidationException",
			`Value null at '${name}' failed to satisfy constraint: not null`,
		);
	if (protocol === "awsquery")
		return new AwsError("ValidationError", `Value null at '${name}' failed to satisfy constraint: not null`);
	return new AwsError("MissingParameter", `The request must contain the parameter ${name}`);
}

function outside(name: string, value: string, allowed: readonly string[], protocol: Protocol): AwsError {
	const text = `Value '${value}' at '${name}' must be one of [${allowed.join(", ")}]`;
	if (protocol === "json") return new AwsError("ValidationException", text);
	return new AwsError(protocol === "awsquery" ? "ValidationError" : "InvalidParameterValue", text);
}
