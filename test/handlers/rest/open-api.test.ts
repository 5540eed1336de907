import { z } from "zod";
import * as api from "../../../handlers/rest/api-schema.ts";
import { ROUTES } from "../../../handlers/rest/routes.ts";
import { bodyOf, openWorld, type World } from "../support/open-world.ts";

type Operation = {
	readonly summary: string;
	readonly security: readonly object[];
	readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
	readonly parameters?: readonly { readonly name: string; readonly in: string }[];
	readonly requestBody?: unknown;
	readonly "x-required-role"?: string;
};
type Document = {
	readonly openapi: string;
	readonly info: { readonly version: string };
	readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
	readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
};

let world: World;
let document: Document;
beforeAll(async () => {
	world = await openWorld();
	document = await bodyOf<Document>(await world.get("/api/openapi.json", { key: world.keys.viewer }));
});
afterAll(() => world.close());

/** Every `$ref` anywhere in a value. */
function refsIn(value: unknown): string[] {
	if (typeof value !== "object" || value === null) return [];
	return Object.entries(value).flatMap(([key, member]) =>
		key === "$ref" && typeof member === "string" ? [member] : refsIn(member),
	);
}

function operationOf(method: string, path: string): Operation | undefined {
	return document.paths[templateOf(path)]?.[method.toLowerCase()];
}

/** A route's path as OpenAPI writes it: parameters in braces, without their patterns. */
function templateOf(path: string): string {
	return path.replace(/:id(\(.*?\))?/, "{id}");
}

test("it is OpenAPI 3.1 of this version", () => {
	expect(document.openapi).toBe("3.1.0");
	expect(document.info.version).toBe("0.1.0");
});

test("it has every route and no other", () => {
	const described = Object.entries(document.paths).flatMap(([path, operations]) =>
		Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
	);
	const declared = ROUTES.map(({ method, path }) => `${method} ${templateOf(path)}`);
	expect(described.toSorted()).toEqual(declared.toSorted());
});

test("it has every schema of the interface, and every reference leads to one", () => {
	const names = Object.entries(api).filter(([, schema]) => schema instanceof z.ZodType);
	for (const [name] of names) expect(document.components.schemas).toHaveProperty(name);
	const refs = refsIn(document);
	expect(refs.length).toBeGreaterThan(50);
	const known = new Set(
		Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`),
	);
	expect(refs.filter((ref) => !known.has(ref))).toEqual([]);
});

test.each(ROUTES.map((route) => [route.method, route.path, route] as const))(
	"%s %s says who may use it, what it takes and what it gives",
	(method, path, route) => {
		const operation = operationOf(method, path);
		expect(operation?.summary).toBe(route.summary);
		expect(operation?.security).toHaveLength(route.auth === "none" ? 0 : 2);
		expect(operation?.["x-required-role"]).toBe(route.auth === "none" ? undefined : route.auth);
		expect(operation?.requestBody !== undefined).toBe(route.body !== undefined);
		const names = operation?.parameters?.filter((parameter) => parameter.in === "path") ?? [];
		expect(names.map(({ name }) => name)).toEqual(path.includes(":id") ? ["id"] : []);
		const problem = operation?.responses["400"]?.content;
		expect(problem).toEqual({
			"application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
		});
		const given = Object.keys(operation?.responses["200"]?.content ?? {});
		expect(given).toEqual([typeof route.response === "string" ? route.response : "application/json"]);
		for (const status of route.refusals ?? []) expect(operation?.responses).toHaveProperty(String(status));
	},
);

test("ids and states of things are described by their names", () => {
	const text = JSON.stringify(document.components.schemas.ApprovalView);
	for (const word of ["planHash", "expiresAt", "decisions", "rollback_failed", "partly_approved"])
		expect(text).toContain(word);
});
