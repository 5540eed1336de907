import { STATUS_CODES } from "node:http";
import type { FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import type { FastifySchema } from "fastify";
import { z } from "zod";
import { Chart } from "../../src/domain/chart.ts";
import * as chatMessage from "../../src/domain/chat-message.ts";
import { PlanCheck } from "../../src/domain/plan.ts";
import * as api from "./api-schema.ts";
import { IdParams } from "./query-schema.ts";
import type { Auth, Route } from "./route.ts";

const NAMED = namedSchemas();
const PROBLEM = { $ref: "#/components/schemas/Problem" };
const IDEMPOTENCY_KEY = {
	type: "string",
	maxLength: 200,
	description: "Repeating a request under the same key gives the same answer and does nothing twice.",
};
const TIME_ZONE = {
	type: "string",
	description:
		"The IANA zone in which times inside texts are written; the installation's where it is missing.",
};

/** What `/api/openapi.json` says, made from the route table and the schemas the routes are checked by. */
export function openApiOptions(version: string): FastifyDynamicSwaggerOptions {
	return {
		openapi: {
			openapi: "3.1.0",
			info: {
				title: "SmartCloudOps AI",
				version,
				description:
					"Errors are RFC 9457 problems. Send an API key as `Authorization: Bearer`, or use the console's session.",
			},
			components: {
				securitySchemes: {
					bearer: { type: "http", scheme: "bearer" },
					session: { type: "apiKey", in: "cookie", name: "sco_session" },
				},
			},
		},
		transform: ({ schema, url, route }) => {
			const entry = route.config?.entry;
			return entry ? { url, schema: describe(entry) } : { url, schema: { ...schema, hide: true } };
		},
		transformObject: (document) => {
			if (!("openapiObject" in document)) return {};
			const { openapiObject } = document;
			return {
				...openapiObject,
				components: { ...openapiObject.components, schemas: componentSchemas() },
			};
		},
	};
}

function namedSchemas() {
	const registry = z.registry<{ id: string }>();
	for (const [id, schema] of Object.entries({ ...chatMessage, Chart, PlanCheck, ...api }))
		if (schema instanceof z.ZodType) registry.add(schema, { id });
	return registry;
}

function componentSchemas() {
	const { schemas } = z.toJSONSchema(NAMED, { uri: (id) => `#/components/schemas/${id}`, io: "output" });
	return Object.fromEntries(
		Object.entries(schemas).map(([id, { $id: _id, $schema: _schema, ...schema }]) => [id, schema]),
	);
}

function schemaOf(schema: z.ZodType): object {
	const id = NAMED.get(schema)?.id;
	if (id) return { $ref: `#/components/schemas/${id}` };
	const { $schema: _schema, ...inline } = z.toJSONSchema(schema, { io: "input" });
	return inline;
}

/** One route in the words of OpenAPI. The result only describes; requests are judged by the zod schemas. */
function describe(entry: Route): FastifySchema {
	return {
		summary: entry.summary,
		security: securityOf(entry.auth),
		...(entry.auth === "none" ? {} : { "x-required-role": entry.auth }),
		...(entry.path.includes("/:id") ? { params: schemaOf(IdParams) } : {}),
		...(entry.query ? { querystring: schemaOf(entry.query) } : {}),
		...(entry.body ? { body: schemaOf(entry.body) } : {}),
		...(entry.auth === "none" ? {} : { headers: { type: "object", properties: headersOf(entry) } }),
		response: { 200: successOf(entry), ...refusalsOf(entry) },
	};
}

function headersOf({ method }: Route): Record<string, object> {
	return { "x-time-zone": TIME_ZONE, ...(method === "POST" ? { "idempotency-key": IDEMPOTENCY_KEY } : {}) };
}

function securityOf(auth: Auth): { [scheme: string]: string[] }[] {
	return auth === "none" ? [] : [{ bearer: [] }, { session: [] }];
}

function successOf({ response }: Route) {
	if (typeof response === "string")
		return { description: "OK", content: { [response]: { schema: { type: "string" } } } };
	return { description: "OK", content: { "application/json": { schema: schemaOf(response) } } };
}

function refusalsOf(entry: Route): Record<number, object> {
	const general = entry.auth === "none" ? [400, 429] : [400, 401, 403, 429];
	const statuses = [...new Set([...general, ...(entry.refusals ?? [])])].toSorted((a, b) => a - b);
	return Object.fromEntries(
		statuses.map((status) => [
			status,
			{
				description: STATUS_CODES[status] ?? "Refused",
				content: { "application/problem+json": { schema: PROBLEM } },
			},
		]),
	);
}
