import { cleanText } from "../../../src/adapters/postgres/clean-text.ts";
import { asStored, toJson } from "../../../src/adapters/postgres/to-json.ts";

test("text that Postgres refuses becomes text it takes, once and for all", () => {
	expect(cleanText("a\0b\ud800c\udc00d\u{1f600}")).toBe("a\uFFFDb\uFFFDc\uFFFDd\u{1f600}");
	expect(cleanText(cleanText("\0\ud800"))).toBe("\uFFFD\uFFFD");
});

test("a value is stored as JSON has it", () => {
	expect(asStored({ a: undefined, b: Number.NaN, c: new Date(0), d: 1n, e: [undefined], f: -0 })).toEqual({
		b: null,
		c: "1970-01-01T00:00:00.000Z",
		d: "1",
		e: [null],
		f: 0,
	});
	expect(asStored(undefined)).toBeNull();
});

test("keys are cleaned like values, and a key named __proto__ stays a key", () => {
	expect(toJson({ "k\0": { "\ud800": 1 } })).toBe('{"k\uFFFD":{"\uFFFD":1}}');
	const hostile: unknown = JSON.parse('{"__proto__": {"admin": true}, "x\\u0000": 1}');
	expect(toJson(hostile)).toBe('{"__proto__":{"admin":true},"x\uFFFD":1}');
	expect(Object.prototype).not.toHaveProperty("admin");
});

test("a value that contains itself is refused", () => {
	const loop: Record<string, unknown> = {};
	loop.self = loop;
	expect(() => toJson(loop)).toThrow(TypeError);
});
