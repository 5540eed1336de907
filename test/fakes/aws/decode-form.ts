import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "./aws-error.ts";

type Form = {
	readonly fields: ReadonlyMap<string, string>;
	/** Every name that a field starts with up to a dot, so that absent branches are not walked. */
	readonly branches: ReadonlySet<string>;
	readonly ec2: boolean;
	readonly read: Set<string>;
};

/**
 * Reads the form of the two query protocols by the schema of the operation. Errors: a field that the schema does not
 * know, or a value of another type.
 */
export function decodeForm(
	schema: NormalizedSchema,
	fields: ReadonlyMap<string, string>,
	protocol: "ec2query" | "awsquery",
): Record<string, unknown> {
	const form: Form = {
		fields,
		branches: new Set([...fields.keys()].flatMap(branchesOf)),
		ec2: protocol === "ec2query",
		read: new Set(["Action", "Version"]),
	};
	const value = schema.isStructSchema() ? readStructure(form, schema, "") : {};
	for (const name of fields.keys())
		if (!form.read.has(name))
			throw new AwsError("UnknownParameter", `The parameter ${name} is not recognized`);
	return value;
}

function branchesOf(name: string): string[] {
	const parts = name.split(".");
	return parts.map((_, index) => parts.slice(0, index + 1).join("."));
}

function readValue(form: Form, schema: NormalizedSchema, name: string): unknown {
	if (!form.branches.has(name)) return undefined;
	if (schema.isStructSchema()) return readStructure(form, schema, name);
	if (schema.isListSchema()) return readList(form, schema, name);
	const text = form.fields.get(name);
	if (text === undefined) return undefined;
	form.read.add(name);
	return readSimple(schema, text, name);
}

function readStructure(form: Form, schema: NormalizedSchema, name: string): Record<string, unknown> {
	const result: Record<string, unknown> = {};
	for (const [member, memberSchema] of schema.structIterator()) {
		const field = fieldName(form, member, memberSchema);
		const value = readValue(form, memberSchema, name ? `${name}.${field}` : field);
		if (value !== undefined) result[member] = value;
	}
	return result;
}

function fieldName(form: Form, member: string, schema: NormalizedSchema): string {
	const traits = schema.getMergedTraits();
	const name = traits.xmlName ?? member;
	if (!form.ec2) return name;
	if (typeof traits.ec2QueryName === "string") return traits.ec2QueryName;
	return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function readList(form: Form, schema: NormalizedSchema, name: string): unknown[] {
	const item = schema.getValueSchema();
	const flat = form.ec2 || schema.getMergedTraits().xmlFlattened;
	const prefix = flat ? name : `${name}.${item.getMergedTraits().xmlName ?? "member"}`;
	if (form.fields.get(name) === "") form.read.add(name);
	const items: unknown[] = [];
	for (let index = 1; ; index++) {
		const value = readValue(form, item, `${prefix}.${index}`);
		if (value === undefined) return items;
		items.push(value);
	}
}

function readSimple(schema: NormalizedSchema, text: string, name: string): unknown {
	const wrong = new AwsError("InvalidParameterValue", `Value (${text}) for parameter ${name} is invalid.`);
	if (schema.isBooleanSchema()) {
		if (text !== "true" && text !== "false") throw wrong;
		return text === "true";
	}
	if (schema.isNumericSchema()) {
		if (!/^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) throw wrong;
		return Number(text);
	}
	if (schema.isTimestampSchema()) {
		if (Number.isNaN(Date.parse(text))) throw wrong;
		return new Date(text);
	}
	return text;
}
