import * as fc from "fast-check";
import { parseLabelsText } from "../../src/domain/parse-labels-text.ts";
import { labelsText } from "../../src/domain/time-series.ts";

const name = fc.oneof(
	fc.constantFrom("__name__", "job", "a:b", "service.name", "__proto__", "1st", ""),
	fc.string({ unit: "grapheme", maxLength: 5 }),
);
const value = fc.oneof(
	fc.constantFrom('"', "\\n", "\n", 'a", b="c', "}", "{"),
	fc.string({ unit: "binary" }),
);

describe("the text of labels", () => {
	it("is read back as the labels it was made of", () => {
		fc.assert(
			fc.property(fc.dictionary(name, value, { maxKeys: 6 }), (labels) => {
				// An empty metric name is none.
				const { __name__: metric, ...others } = labels;
				const expected = metric ? { ...others, __name__: metric } : others;
				const read = parseLabelsText(labelsText(labels));
				expect(new Map(Object.entries(read ?? {}))).toEqual(new Map(Object.entries(expected)));
			}),
			{ numRuns: 500 },
		);
	});

	it.each([
		"",
		"up",
		"{",
		"up{",
		'up{a="1"',
		'up{a="1",b="2"}',
		"{a=1}",
		'{a="1"} ',
		'{"a", "b"}',
		'up{"x"}',
	])("is not %p", (text) => {
		expect(parseLabelsText(text)).toBeUndefined();
	});
});
