import { cleanText, clipText, shortenLabel } from "../../../src/adapters/charts/clean-text.ts";
import { element, escapeXml, px } from "../../../src/adapters/charts/svg.ts";

describe("text from outside", () => {
	test("loses control characters, invisible characters and direction marks", () => {
		expect(cleanText("a\u0000b\u001b[31m\tc\r\nd\u0085e", 60)).toBe("a b [31m c d e");
		expect(cleanText("pay\u202Egpj\u200Bx\uFEFF\u2066y\uFFFE", 60)).toBe("paygpjxy");
	});

	test("keeps a lone surrogate out, so that the picture stays valid XML", () => {
		expect(cleanText("a\uD800b", 60).isWellFormed()).toBe(true);
	});

	test("cannot stack accents into other lines", () => {
		expect(cleanText(`e${"\u0301".repeat(40)}`, 60)).toBe("e\u0301\u0301");
	});

	test("is clipped by characters, not by halves of them, with an ellipsis", () => {
		const clipped = cleanText("\u{1F600}".repeat(100), 60);
		expect(Array.from(clipped)).toHaveLength(60);
		expect(clipped.endsWith("\u{1F600}…")).toBe(true);
	});

	test("may be as long as the clip without being touched", () => {
		expect(clipText("x".repeat(60), 60)).toBe("x".repeat(60));
	});

	test("has its markup escaped", () => {
		expect(escapeXml(`<script>alert("1&2")</script>'`)).toBe(
			"&lt;script&gt;alert(&quot;1&amp;2&quot;)&lt;/script&gt;&apos;",
		);
	});

	test("is shorter in a narrow drawing: no 'at' before a time, nothing after the last comma", () => {
		expect(shortenLabel("left its band at 02:36")).toBe("left its band 02:36");
		expect(shortenLabel("release 418, 02:31")).toBe("release 418");
		expect(shortenLabel("container limit 1,024 MB")).toBe("container limit 1,024 MB");
	});
});

describe("numbers of a picture", () => {
	test("are finite whatever they were, and short", () => {
		expect([Number.NaN, Number.POSITIVE_INFINITY, -0, 1 / 3].map(px)).toEqual([0, 0, 0, 0.3]);
		expect(element("circle", { r: Number.NaN, cx: 2 / 3 })).toBe('<circle r="0" cx="0.67"/>');
	});
});
