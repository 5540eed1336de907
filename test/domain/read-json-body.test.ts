import { readJsonBody } from "../../src/domain/read-json-body.ts";

const read = (text: string) => readJsonBody(Buffer.from(text));

test("JSON is read as it is", () => {
	const value = { text: "crème 数据 😀", list: [1, true, null, { a: "b" }], nested: { toString: 1 } };
	expect(read(JSON.stringify(value))).toEqual(value);
	expect(read("")).toBeUndefined();
});

test.each(["__proto__", "constructor", "prototype"])("a key %s is refused wherever it stands", (key) => {
	for (const text of [
		`{"${key}":1}`,
		`{"a":[{"${key}":{}}]}`,
		`{"\\u00${key.charCodeAt(0).toString(16)}${key.slice(1)}":1}`,
	])
		expect(() => read(text)).toThrow(
			expect.objectContaining({ code: "invalid", message: `The field ${key} is not allowed; leave it out.` }),
		);
});

test("what no store can hold is replaced, in keys of any depth", () => {
	expect(read('{"a":"x\\u0000y","b":["\\ud800"],"c":{"d":"\\udfff!"}}')).toEqual({
		a: "x\ufffdy",
		b: ["\ufffd"],
		c: { d: "\ufffd!" },
	});
	expect(read('"\\ud83d\\ude00"')).toBe("😀");
});

test("a value below 33 levels is refused, one of 32 is read", () => {
	const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
	expect(() => read(nested(32))).not.toThrow();
	expect(() => read(nested(40))).toThrow(expect.objectContaining({ code: "invalid" }));
});
