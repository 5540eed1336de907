import { z } from "zod";
import { remediations } from "../../../src/remediations/registry.ts";
import {
	hintOf,
	type ParameterField,
	parameterFields,
	parametersOf,
	problemOf,
} from "../../../web/src/lib/parameter-fields.ts";

const fieldsOf = (schema: z.ZodType) => parameterFields(z.toJSONSchema(schema) as Record<string, unknown>);
const only = (schema: z.ZodType): ParameterField => {
	const [field] = fieldsOf(schema);
	if (!field) throw new Error("the schema has no field");
	return field;
};

test("what is needed comes first, and each kind of parameter becomes the field that fits it", () => {
	const fields = fieldsOf(
		z.strictObject({
			region: z.string().max(30).optional(),
			size: z.int().min(1).max(365),
			share: z.number().optional(),
			speed: z.enum(["slow", "fast"]),
			dry: z.boolean().optional(),
			tags: z.array(z.string()).optional(),
		}),
	);
	expect(fields.map(({ name, kind, required }) => [name, kind, required])).toEqual([
		["size", "number", true],
		["speed", "select", true],
		["region", "text", false],
		["share", "number", false],
		["dry", "select", false],
		["tags", "text", false],
	]);
});

test("a hint says what may be left out, what it means, what fits and what counts instead", () => {
	const days = z.int().min(1).max(365).default(7).describe("how old a file must be");
	expect(hintOf(only(z.strictObject({ days })))).toBe(
		"optional · how old a file must be · a whole number from 1 to 365 · else 7",
	);
	expect(hintOf(only(z.strictObject({ change: z.int().min(-1000).max(1000) })))).toBe(
		"a whole number from −1,000 to 1,000",
	);
	expect(hintOf(only(z.strictObject({ count: z.int() })))).toBe("a whole number");
	expect(hintOf(only(z.strictObject({ count: z.number().min(2) })))).toBe("a number, at least 2");
	expect(hintOf(only(z.strictObject({ count: z.number().max(2) })))).toBe("a number, at most 2");
	expect(hintOf(only(z.strictObject({ name: z.string() })))).toBe("");
	expect(hintOf(only(z.strictObject({ now: z.boolean().default(false) })))).toBe("optional · else no");
});

test.each([
	["", "change is needed."],
	["  ", "change is needed."],
	["6", undefined],
	["+2", undefined],
	["-10", undefined],
	["−10", undefined],
	["11", "change must be a whole number from −10 to 10."],
	["1.5", "change must be a whole number from −10 to 10."],
	["two", "change must be a whole number from −10 to 10."],
	["0x1", "change must be a whole number from −10 to 10."],
	["1e1", "change must be a whole number from −10 to 10."],
])("%p typed for a whole number from -10 to 10 gives %p", (typed, problem) => {
	expect(problemOf(only(z.strictObject({ change: z.int().min(-10).max(10) })), typed)).toBe(problem);
});

test("of what is needed an empty field is a problem, of what is optional it is none, and texts are the server's", () => {
	const text = only(z.strictObject({ service: z.string().regex(/^a/) }));
	expect(problemOf(text, "")).toBe("service is needed.");
	expect(problemOf(text, "b")).toBeUndefined();
	expect(problemOf(only(z.strictObject({ region: z.string().optional() })), " ")).toBeUndefined();
});

test("what is sent has the types of the schema, and leaves out what was left empty", () => {
	const fields = fieldsOf(
		z.strictObject({
			group: z.string(),
			desired: z.int().optional(),
			change: z.int().optional(),
			force: z.boolean().optional(),
			keep: z.boolean().optional(),
			level: z.union([z.literal(1), z.literal(2)]).optional(),
		}),
	);
	const typed = { group: " web ", desired: "", change: "+2", force: "true", keep: "false", other: "x" };
	expect(parametersOf(fields, typed)).toEqual({ group: "web", change: 2, force: true, keep: false });
});

test("a choice among numbers is sent as a number", () => {
	const fields = parameterFields({ properties: { level: { enum: [1, 2] } }, required: ["level"] });
	expect(parametersOf(fields, { level: "2" })).toEqual({ level: 2 });
});

test.each([{}, { properties: null }, { properties: { a: 1 }, required: "a" }])(
	"a schema that says little, %p, breaks nothing",
	(schema) => {
		expect(parameterFields(schema).every(({ kind }) => kind === "text")).toBe(true);
	},
);

test("every remediation of the product has a form that can be filled", () => {
	for (const { name, parameters } of remediations) {
		const fields = fieldsOf(parameters);
		expect([name, fields.length > 0]).toEqual([name, true]);
		const typed = Object.fromEntries(
			fields.map((field) => [field.name, field.kind === "number" ? "1" : "a"]),
		);
		expect(Object.keys(parametersOf(fields, typed)).toSorted()).toEqual(
			fields.map((field) => field.name).toSorted(),
		);
	}
});
