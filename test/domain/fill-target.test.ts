import * as fc from "fast-check";
import { parseQuery } from "../../src/adapters/embedded-metrics/promql/parse-query.ts";
import { fillTarget } from "../../src/domain/fill-target.ts";

const hostile = 'foo"} or up{a="';

describe("a query with a target's name in it", () => {
	it.each([
		['up{job="$target"}', 'up{job="checkout"}'],
		["up{job=$target}", 'up{job="checkout"}'],
		["up{job='$target-$target'}", "up{job='checkout-checkout'}"],
		["up{job=`$target`}", 'up{job="checkout"}'],
		['up{a="$",job=~"$target.*"} # of $target "', 'up{a="$",job=~"checkout.*"} '],
		['up{a="\\"",job="$target"}', 'up{a="\\"",job="checkout"}'],
	])("%s becomes %s", (query, filled) => {
		expect(fillTarget(query, "checkout")).toBe(filled);
	});

	it("case 44: a hostile name stays one escaped value of one matcher", () => {
		const escaped = 'foo\\"} or up{a=\\"';
		expect(fillTarget('up{job="$target"}', hostile)).toBe(`up{job="${escaped}"}`);
		expect(fillTarget("up{job=$target}", hostile)).toBe(`up{job="${escaped}"}`);
		expect(fillTarget("up{job=`$target`}", hostile)).toBe(`up{job="${escaped}"}`);
		expect(fillTarget("up{job='$target'}", `it's "${hostile}`)).toBe("up{job='it\\'s \"foo\"} or up{a=\"'}");
	});

	it("matches the name alone where the query matches by a pattern", () => {
		expect(fillTarget('up{job=~"$target"}', "a.*|b")).toBe('up{job=~"a\\\\.\\\\*\\\\|b"}');
	});

	it("case 44: whatever the name is, the query reads it as exactly this name", () => {
		const queries = ['m{job="$target"}', "m{job=$target}", "m{job='$target'}", "m{job=`$target`}"];
		const name = fc.oneof(
			fc.string({ unit: "grapheme", maxLength: 20 }),
			fc
				.array(fc.constantFrom('"', "'", "`", "\\", "\n", "{", "}", "#", "$target", "$&", " or "), {
					maxLength: 8,
				})
				.map((parts) => parts.join("")),
		);
		fc.assert(
			fc.property(fc.constantFrom(...queries), name, (query, target) => {
				const parsed = parseQuery(fillTarget(query, target));
				expect(parsed).toMatchObject({ matchers: [{ value: "m" }, { name: "job", value: target }] });
			}),
		);
	});
});
