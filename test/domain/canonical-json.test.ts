import * as fc from "fast-check";
import { canonicalJson } from "../../src/domain/canonical-json.ts";

/** The same value with the keys of every object in another order. */
function reordered(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reordered);
	if (typeof value !== "object" || value === null) return value;
	const out: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
	for (const [key, member] of Object.entries(value).toReversed()) out[key] = reordered(member);
	return out;
}

describe("canonical JSON", () => {
	it("does not depend on the order of keys", () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
				expect(canonicalJson(reordered(value))).toBe(canonicalJson(value));
			}),
		);
	});

	it("read back by JSON.parse gives the same value and the same text", () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
				const text = canonicalJson(value);
				const back: unknown = JSON.parse(text);
				expect(canonicalJson(back)).toBe(text);
				expect(JSON.stringify(reordered(back)).length).toBe(JSON.stringify(value).length);
			}),
		);
	});

	it("differs for values that differ", () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
				const same = JSON.stringify(reordered(reordered(a))) === JSON.stringify(reordered(reordered(b)));
				fc.pre(!same);
				const sorted = (value: unknown) => canonicalJson(JSON.parse(JSON.stringify(value)));
				expect(canonicalJson(a) === canonicalJson(b)).toBe(sorted(a) === sorted(b));
			}),
		);
		expect(canonicalJson({ a: 1, b: [2] })).not.toBe(canonicalJson({ a: 1, b: ["2"] }));
	});

	it.each([
		[{ b: 1, a: [true, null, "x\n"] }, '{"a":[true,null,"x\\n"],"b":1}'],
		[{ a: undefined, b: 1 }, '{"b":1}'],
		[[undefined, 1], "[null,1]"],
		[Array.from({ length: 3 }), "[null,null,null]"],
		[-0, "0"],
		[1e21, "1e+21"],
		[{ "€": 1, "\r": 2, "1": 3 }, '{"\\r":2,"1":3,"€":1}'],
		["\ud800", '"\\ud800"'],
	])("of %p is %p", (value, text) => {
		expect(canonicalJson(value)).toBe(text);
	});

	it("fills the holes of an array as JSON does", () => {
		const holes: unknown[] = [1];
		holes[2] = 3;
		expect(canonicalJson(holes)).toBe("[1,null,3]");
	});

	it("keeps a key named like a prototype's member as a key", () => {
		const text = '{"__proto__":{"a":1},"constructor":2}';
		expect(canonicalJson(JSON.parse(text))).toBe(text);
	});

	it.each([
		["NaN", Number.NaN],
		["infinity", Number.POSITIVE_INFINITY],
		["a bigint", 1n],
		["a function", () => 1],
		["a symbol", Symbol("x")],
		["a date", new Date(0)],
		["a map", new Map()],
		["bytes", new Uint8Array(2)],
		["undefined", undefined],
	])("refuses %s, which JSON has no form for", (_name, value) => {
		expect(() => canonicalJson(value)).toThrow(TypeError);
		expect(() => canonicalJson({ a: [{ b: () => value }] })).toThrow(TypeError);
	});
});
