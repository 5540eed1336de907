import * as fc from "fast-check";
import { type Labels, labelsText, quoteLabelValue, sameLabels } from "../../src/domain/time-series.ts";

const anyLabels = fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), fc.string({ maxLength: 6 }), {
	maxKeys: 4,
	noNullPrototype: true,
});

describe("a label set as text", () => {
	it.each([
		[{ __name__: "up", job: "checkout", instance: "a:80" }, 'up{instance="a:80", job="checkout"}'],
		[{}, "{}"],
		[{ __name__: "up" }, "up{}"],
		[{ a: 'say "hi"', b: "c:\\x", c: "two\nlines" }, '{a="say \\"hi\\"", b="c:\\\\x", c="two\\nlines"}'],
		[{ "http.status": "200" }, '{"http.status"="200"}'],
		[{ __name__: "http.requests", code: "200" }, '{"http.requests", code="200"}'],
		[{ a: 'foo"} or up{a="' }, '{a="foo\\"} or up{a=\\""}'],
	])("%p is %p", (labels, text) => {
		expect(labelsText(labels)).toBe(text);
	});

	it("is the same for the same labels in another order, and another for others", () => {
		fc.assert(
			fc.property(anyLabels, anyLabels, (a, b) => {
				const turned = Object.fromEntries(Object.entries(a).toReversed());
				expect(labelsText(turned)).toBe(labelsText(a));
				const entries = (labels: Labels) =>
					JSON.stringify(
						Object.keys(labels)
							.toSorted()
							.map((k) => [k, labels[k]]),
					);
				expect(labelsText(a) === labelsText(b)).toBe(entries(a) === entries(b));
			}),
			{ numRuns: 500 },
		);
	});

	it("does not take a name that imitates another label for that label", () => {
		expect(labelsText({ 'a="1", b': "2" })).not.toBe(labelsText({ a: "1", b: "2" }));
	});
});

describe("a quoted label value", () => {
	it("case 44: stays one string literal, whatever the value contains", () => {
		fc.assert(
			fc.property(fc.string(), (value) => {
				const quoted = quoteLabelValue(value);
				expect(quoted).toMatch(/^"(?:[^"\\\n]|\\["\\n])*"$/);
				const back = quoted.slice(1, -1).replace(/\\(.)/g, (_, c: string) => (c === "n" ? "\n" : c));
				expect(back).toBe(value);
			}),
		);
	});
});

describe("two label sets", () => {
	it("are the same where all labels but the metric's name are", () => {
		expect(sameLabels({ __name__: "up", a: "1" }, { a: "1" })).toBe(true);
		expect(sameLabels({ a: "1", b: "2" }, { b: "2", a: "1" })).toBe(true);
		expect(sameLabels({ a: "1" }, { a: "2" })).toBe(false);
		expect(sameLabels({ a: "1" }, { b: "1" })).toBe(false);
		expect(sameLabels({ a: "" }, {})).toBe(false);
		expect(sameLabels({ a: "1" }, { a: "1", b: "2" })).toBe(false);
	});
});
