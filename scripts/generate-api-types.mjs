// Writes web/src/api/types.generated.ts from the zod schemas of the HTTP interface, so that the console shares types
// with the server and no code. With --check it writes nothing and fails when the file is out of date.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import * as administration from "../handlers/rest/administration-schema.ts";
import * as judging from "../handlers/rest/anomaly-judging-schema.ts";
import * as api from "../handlers/rest/api-schema.ts";
import * as hold from "../handlers/rest/hold-schema.ts";
import * as proposal from "../handlers/rest/proposal-schema.ts";
import * as watch from "../handlers/rest/watch-schema.ts";
import { Chart } from "../src/domain/chart.ts";
import * as message from "../src/domain/chat-message.ts";
import { PlanCheck } from "../src/domain/plan.ts";
import { Unit } from "../src/domain/quantity.ts";
import { Severity } from "../src/domain/severity.ts";

const target = join(dirname(fileURLToPath(import.meta.url)), "../web/src/api/types.generated.ts");
const PRIMITIVES = {
	string: "string",
	number: "number",
	integer: "number",
	boolean: "boolean",
	null: "null",
};
const WIDTH = 90;

/** A JSON Schema as a TypeScript type. Knows what zod writes for our schemas and throws at anything else. */
function typeOf(schema, indent) {
	if (schema.$ref) return schema.$ref.split("/").at(-1);
	if ("const" in schema) return JSON.stringify(schema.const);
	if (schema.enum)
		return union(
			schema.enum.map((value) => JSON.stringify(value)),
			indent,
		);
	if (schema.anyOf ?? schema.oneOf)
		return union(
			(schema.anyOf ?? schema.oneOf).map((part) => typeOf(part, `${indent}\t`)),
			indent,
		);
	if (Array.isArray(schema.type))
		return union(
			schema.type.map((type) => PRIMITIVES[type]),
			indent,
		);
	if (schema.type === "array") return `readonly ${inBrackets(typeOf(schema.items, indent))}[]`;
	if (schema.type === "object") return objectOf(schema, indent);
	if (schema.type in PRIMITIVES) return PRIMITIVES[schema.type];
	if (schema.type === undefined) return "unknown";
	throw new Error(`no TypeScript type is known for the schema ${JSON.stringify(schema)}`);
}

const inBrackets = (type) => (/^readonly |^[^{]*[|]/.test(type) ? `(${type})` : type);

function union(types, indent) {
	const line = types.join(" | ");
	if (line.length < WIDTH) return line;
	return types.map((type) => `\n${indent}\t| ${type}`).join("");
}

function objectOf(schema, indent) {
	if (!schema.properties) return `Readonly<Record<string, ${typeOf(schema.additionalProperties, indent)}>>`;
	const required = new Set(schema.required);
	const fields = Object.entries(schema.properties).map(([name, field]) =>
		`${indent}\treadonly ${name}${required.has(name) ? "" : "?"}: ${typeOf(field, `${indent}\t`)};\n`.replace(
			": \n",
			":\n",
		),
	);
	return `{\n${fields.join("")}${indent}}`;
}

/** Every schema under its own name; where one contains another, the type refers to it by that name. */
const registry = z.registry();
const schemasByName = {
	...{ Severity, Unit, PlanCheck, Chart },
	...message,
	...api,
	...administration,
	...hold,
	...proposal,
	...watch,
	...judging,
};
for (const [id, schema] of Object.entries(schemasByName))
	if (schema instanceof z.ZodType) registry.add(schema, { id });

const { schemas } = z.toJSONSchema(registry);
const text = [
	"// Written by `node scripts/generate-api-types.mjs`; change the schemas, not this file.\n",
	...Object.keys(schemas)
		.toSorted()
		.map((name) =>
			`/** @public */\nexport type ${name} = ${typeOf(schemas[name], "")};\n`.replace("= \n", "=\n"),
		),
].join("\n");

if (process.argv.includes("--check")) {
	if (readFileSync(target, "utf8") !== text) {
		process.stderr.write(
			"web/src/api/types.generated.ts is out of date; run `node scripts/generate-api-types.mjs`.\n",
		);
		process.exit(1);
	}
} else writeFileSync(target, text);
