import { splitParagraphs, splitRichText, splitWhole } from "../../../web/src/lib/rich-text.ts";

const shown = (text: string) => splitRichText(text).map(({ kind, text: words }) => [kind, words]);

test("bold and code are marked and nothing else is", () => {
	expect(shown("load is **probably not** the cause of `up`")).toEqual([
		["plain", "load is "],
		["bold", "probably not"],
		["plain", " the cause of "],
		["code", "up"],
	]);
});

test.each(["a ** b", "`open", "**", "2 * 3 * 4", "__init__", "[link](http://x)", "<b>x</b>", "****"])(
	"%s is shown as it was written",
	(text) => {
		expect(shown(text)).toEqual([["plain", text]]);
	},
);

test("marks do not reach over a line", () => {
	expect(shown("**a\nb**")).toEqual([["plain", "**a\nb**"]]);
});

test("an empty text has no pieces", () => {
	expect(splitRichText("")).toEqual([]);
});

test("empty lines separate paragraphs, and one line break does not", () => {
	const texts = splitParagraphs("a\nb\n\n \nc\n\n").map(({ text }) => text);
	expect(texts).toEqual(["a\nb", "c"]);
});

test("a range with its unit is kept together, and nothing is lost", () => {
	const text = "It is 804\u00a0MB, expected 58.9–90.9\u00a0MB or 02:36–02:49.";
	const pieces = splitWhole(text);
	expect(pieces.filter(({ isWhole }) => isWhole).map((piece) => piece.text)).toEqual([
		"58.9–90.9\u00a0MB",
		"02:36–02:49",
	]);
	expect(pieces.map((piece) => piece.text).join("")).toBe(text);
});

test("an instance's id and a region are kept whole, and other words with hyphens are not", () => {
	const text = "Reboot well-known web-1 (i-0c41a2b3), in eu-west-1.";
	const whole = splitWhole(text).filter(({ isWhole }) => isWhole);
	expect(whole.map((piece) => piece.text)).toEqual(["i-0c41a2b3", "eu-west-1"]);
});
