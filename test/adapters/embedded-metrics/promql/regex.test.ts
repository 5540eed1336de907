import { array, assert, constantFrom, letrec, oneof, property, string, tuple } from "fast-check";
import { compileRegex } from "../../../../src/adapters/embedded-metrics/promql/regex/compile-regex.ts";
import { matchesWhole } from "../../../../src/adapters/embedded-metrics/promql/regex/matches-whole.ts";
import { RegexSyntaxError } from "../../../../src/adapters/embedded-metrics/promql/regex/regex-node.ts";

function matches(pattern: string, text: string, spend: (work: number) => void = () => undefined): boolean {
	return matchesWhole(compileRegex(pattern), text, spend);
}

describe("regular expressions of matchers", () => {
	test.each([
		["", "", true],
		["", "a", false],
		["abc", "abc", true],
		["abc", "xabcx", false],
		["a|bc", "bc", true],
		["(a|b)*c", "abbac", true],
		[".*", "any\nthing", true],
		["(?-s:.*)", "any\nthing", false],
		["5..", "503", true],
		["(?i)GET|post", "get", true],
		["(?i:x)y", "XY", false],
		["[a-c]+", "abcb", true],
		["[^a-c]+", "xyz", true],
		["[]a]+", "]a]", true],
		["[a-]+", "a-a", true],
		["[[:digit:][:upper:]_]+", "A_9", true],
		["[[:^alpha:]]+", "12", true],
		["\\d{3}-\\d{2,}", "123-4567", true],
		["\\d{3}", "12", false],
		["x{0,2}", "xxx", false],
		["a{,2}", "a{,2}", true],
		["\\w+@\\w+\\.com", "me@example.com", true],
		["\\pL+", "grün", true],
		["\\p{Greek}\\P{Greek}", "αa", true],
		["\\Qa.b*\\E+", "a.b**", true],
		["\\Qa.b*\\E", "a.b*", true],
		["\\x41\\x{1F600}\\101", "A😀A", true],
		["a.c", "a😀c", true],
		["(?P<year>\\d+)-(?<month>\\d+)", "2024-01", true],
		["\\bfoo\\b.*", "foo bar", true],
		["^foo$", "foo", true],
		["foo$bar", "foobar", false],
		["(?m)a$\\nb", "a\nb", true],
		["\\Aa\\z", "a", true],
		["a+?b*?", "aab", true],
		["\\.\\-\\/\\_", ".-/_", true],
	])("%j on %j gives %p", (pattern, text, expected) => {
		expect(matches(pattern, text)).toBe(expected);
	});

	test.each([
		"(",
		")",
		"[a",
		"a**",
		"*a",
		"a{2,1}",
		"a{1001}",
		"(?=a)",
		"(?<!a)b",
		"\\1",
		"\\k<a>",
		"\\y",
		"[z-a]",
		"a\\",
		"\\p{Nope}",
	])("refuses %j, as RE2 does", (pattern) => {
		expect(() => compileRegex(pattern)).toThrow(RegexSyntaxError);
	});

	test("refuses patterns that are too long or grow too large", () => {
		expect(() => compileRegex("a".repeat(1_001))).toThrow("longer than 1000");
		expect(() => compileRegex("((a{100}){100}){100}")).toThrow("too large");
	});

	test("a pattern that would take exponential time by backtracking takes work in proportion to the text", () => {
		const text = `${"a".repeat(200)}!`;
		for (const pattern of ["(a+)+", "(a|a)*", "(a*)*b", "(.*a){20}", "(a|aa)+$"]) {
			let work = 0;
			expect(matches(pattern, text, (amount) => (work += amount))).toBe(false);
			expect(work).toBeLessThan(text.length * 200);
		}
	});

	test("agrees with the regular expressions of JavaScript where both mean the same", () => {
		const { pattern } = letrec<{ pattern: string }>((tie) => ({
			pattern: oneof(
				{ maxDepth: 4 },
				constantFrom("a", "b", "c", ".", "[ab]", "[^a]", "\\d", "1"),
				tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `${a}${b}`),
				tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `(${a}|${b})`),
				tuple(tie("pattern"), constantFrom("*", "+", "?", "{2}", "{1,3}", "*?")).map(
					([a, times]) => `(?:${a})${times}`,
				),
			),
		}));
		const texts = array(string({ unit: constantFrom("a", "b", "c", "1", "\n"), maxLength: 8 }), {
			maxLength: 6,
		});
		assert(
			property(pattern, texts, (source, given) => {
				const expected = new RegExp(`^(?:${source})$`, "su");
				for (const text of given)
					expect([source, text, matches(source, text)]).toEqual([source, text, expected.test(text)]);
			}),
			{ numRuns: 300 },
		);
	});
});
