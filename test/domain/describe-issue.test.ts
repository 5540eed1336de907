import { z } from "zod";
import { describeIssue, plainWords } from "../../src/domain/describe-issue.ts";

/** Each problem of an input as a person reads it. */
function problems(schema: z.ZodType, input: unknown): readonly string[] {
	const issues = schema.safeParse(input, { error: plainWords }).error?.issues ?? [];
	return issues.map((issue) => describeIssue(issue, "the input"));
}

const one = (schema: z.ZodType, value: unknown) => problems(z.object({ size: schema }), { size: value });

describe("a problem with an input", () => {
	it.each([
		[z.number(), undefined, "size is missing"],
		[z.enum(["a", "b"]), undefined, "size is missing"],
		[z.union([z.string(), z.number()]), undefined, "size is missing"],
		[z.coerce.number(), "abc", "size must be a number"],
		[z.number(), "abc", 'size must be a number, not "abc"'],
		[z.number(), JSON.parse("1e999"), "size must be a finite number"],
		[z.number().nullable(), JSON.parse("-1e999"), "size must be a finite number"],
		[z.number(), Number.NaN, "size must be a number"],
		[z.string(), null, "size must be text, not empty"],
		[z.boolean(), [], "size must be true or false, not a list"],
		[z.array(z.string()), {}, "size must be a list, not a set of keys"],
		[z.int(), 1.5, "size must be a whole number, not 1.5"],
		[z.number().min(2), 1, "size must be at least 2, not 1"],
		[z.number().lt(2), 2, "size must be less than 2, not 2"],
		[z.string().min(1), "", "size must not be empty"],
		[z.string().max(1), "ab", "size must have at most 1 character"],
		[z.array(z.int()).max(2), [1, 2, 3], "size must have at most 2 entries"],
		[z.enum(["a", "b"]), "c", 'size must be one of a, b, not "c"'],
		[z.literal(true), false, "size must be true, not false"],
		[z.iso.datetime(), "x", 'size must be a time such as 2026-01-31T12:00:00Z, not "x"'],
		[z.string().regex(/^a$/), "b", "size is not written as it should be"],
		[z.string().regex(/^a$/, "write a"), "b", "size: write a"],
		[z.number().multipleOf(5), 3, "size must be a multiple of 5, not 3"],
	])("reads without zod's own words: %#", (schema, value, sentence) => {
		expect(one(schema, value)).toEqual([sentence]);
	});

	it("names unknown keys and where they are, and an input that is wrong as a whole", () => {
		expect(problems(z.strictObject({ a: z.strictObject({}) }), { a: { b: 1, c: 2 } })).toEqual([
			'unknown key "b", "c" in a',
		]);
		expect(problems(z.object({}), 5)).toEqual(["the input must be a set of keys, not 5"]);
	});

	it.each(["password", "API_TOKEN", "clientSecret", "DATABASE_URL", "admin_key", "env", "args", "code"])(
		"never repeats a value below %s",
		(key) => {
			const schema = z.object({ [key]: z.union([z.number(), z.array(z.number())]) });
			const list = z.object({ [key]: z.array(z.number()) });
			expect(problems(schema, { [key]: "hush" }).join()).not.toContain("hush");
			expect(problems(list, { [key]: ["hush"] })).toEqual([`${key}, entry 1 must be a number`]);
		},
	);

	it("never repeats a long value, which may be anything", () => {
		expect(one(z.number(), "0123456789abc")).toEqual(["size must be a number"]);
	});
});
