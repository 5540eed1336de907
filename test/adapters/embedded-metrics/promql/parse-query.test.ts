import { assert, property, string } from "fast-check";
import { parseQuery } from "../../../../src/adapters/embedded-metrics/promql/parse-query.ts";
import { AppError } from "../../../../src/domain/errors.ts";
import { quoteLabelValue } from "../../../../src/domain/time-series.ts";

function refusal(query: string): AppError {
	try {
		parseQuery(query);
	} catch (error) {
		if (error instanceof AppError) return error;
		throw error;
	}
	throw new Error(`${query} was accepted`);
}

function outcome(query: string): string {
	try {
		parseQuery(query);
		return "expression";
	} catch (error) {
		return error instanceof AppError ? error.code : String(error);
	}
}

describe("parseQuery", () => {
	test("reads a selector with every kind of matcher", () => {
		expect(parseQuery(`up{a="1", b!='2', c=~"3.*", d!~\`4\\d\`}`)).toEqual({
			kind: "selector",
			offsetMs: 0,
			matchers: [
				{ name: "__name__", operator: "=", value: "up" },
				{ name: "a", operator: "=", value: "1" },
				{ name: "b", operator: "!=", value: "2" },
				{ name: "c", operator: "=~", value: "3.*" },
				{ name: "d", operator: "!~", value: "4\\d" },
			],
		});
	});

	test("reads a quoted metric name and quoted label names", () => {
		expect(parseQuery('{"http.requests", "status.code"="200"}')).toMatchObject({
			matchers: [
				{ name: "__name__", value: "http.requests" },
				{ name: "status.code", value: "200" },
			],
		});
	});

	test.each([
		["up[5m]", 300_000],
		["up[1h30m]", 5_400_000],
		["up[1d12h30m5s250ms]", 131_405_250],
		["up[2w]", 1_209_600_000],
		["up[300]", 300_000],
		["up[0.5]", 500],
	])("reads the range of %s as %d ms", (query, rangeMs) => {
		expect(parseQuery(`rate(${query})`)).toMatchObject({ args: [{ kind: "matrix", rangeMs }] });
	});

	test.each([
		["up offset 5m", 300_000],
		["up offset -90s", -90_000],
		["up offset 60", 60_000],
	])("reads the offset of %s as %d ms", (query, offsetMs) => {
		expect(parseQuery(query)).toMatchObject({ kind: "selector", offsetMs });
	});

	test.each([
		["42", 42],
		["-4.5e-3", -4.5e-3],
		["0x1F", 31],
		["017", 15],
		["1_000", 1000],
		[".5", 0.5],
		["+Inf", Number.POSITIVE_INFINITY],
		["-inf", Number.NEGATIVE_INFINITY],
		["nan", Number.NaN],
		["1h30m", 5400],
		["500ms", 0.5],
	])("reads the number %s as %d", (query, value) => {
		expect(parseQuery(query)).toEqual({ kind: "number", value });
	});

	test("binds a power tighter than the sign before it", () => {
		expect(parseQuery("-1 ^ 2")).toMatchObject({ kind: "negation", operand: { operator: "^" } });
		expect(parseQuery("2 ^ -1")).toMatchObject({ kind: "binary", right: { kind: "number", value: -1 } });
	});

	test("reads every label value that quoteLabelValue writes", () => {
		assert(
			property(string({ unit: "binary" }), (value) => {
				expect(parseQuery(`up{a=${quoteLabelValue(value)}}`)).toMatchObject({
					matchers: [{ name: "__name__" }, { name: "a", value }],
				});
			}),
		);
	});

	test.each([
		['"a\\n\\t\\"\\\\\\x41\\u00e9\\U0001F600\\101"', 'a\n\t"\\Aé😀A'],
		["'it\\'s'", "it's"],
		["`raw\\n`", "raw\\n"],
		['"\\xe7\\x8c\\xab"', "猫"],
	])("reads the string %s", (literal, value) => {
		expect(parseQuery(literal)).toEqual({ kind: "string", value });
	});

	test.each([
		["up{a=", "ends too early"],
		["rate(up[5m]", "ends too early"],
		["1 +", "ends too early"],
		["up down", 'position 3: found "down"'],
		["sum(up))", 'position 7: found ")"'],
		['up{a=="1"}', 'position 5: found "="'],
		["frobnicate(up)", 'position 0: there is no function "frobnicate"'],
		["1 + frobnicate(up)", 'position 4: there is no function "frobnicate"'],
		['up{a="x}', "ends too early"],
		['"x', "not closed"],
		['up{a="\\q"}', "unknown escape"],
		["up[0s]", "longer than 0"],
		["up[200y]", "out of range"],
		["rate(up)", "needs a range vector, such as x[5m], but is given an instant vector"],
		["abs(up[5m])", "needs an instant vector but is given a range vector"],
		["round()", "takes 1 to 2 argument(s), not 0"],
		["topk(up)", "topk() takes 2 argument(s), not 1"],
		["1 < 2", 'needs "bool"'],
		["up + bool 1", '"bool" goes with comparisons'],
		["1 or up", "works between instant vectors only"],
		["up + on(a) 1", "between instant vectors only"],
		["{}", "at least one matcher"],
		['{a=~".*"}', "at least one matcher"],
		['up{__name__="down"}', "set twice"],
		["(up)[5m]", "plain selector"],
		["up offset 1m offset 2m", "set twice"],
		["sum(up) offset 1m", "right after a selector"],
		["  ", "is empty"],
		["# only a comment", "ends too early"],
		['up{a=~"("}', "unclosed bracket"],
		['up{a=~"a(?=b)"}', "look-around"],
	])("refuses %s as invalid and says why", (query, words) => {
		const error = refusal(query);
		expect(error.code).toBe("invalid");
		expect(error.message).toContain(words);
	});

	test.each([
		["up[1h:1m]", "subqueries"],
		["up @ 1700000000", "@ modifier"],
		["up @ start()", "@ modifier"],
		["a * on(x) group_left(y) b", "group_left"],
		["a / ignoring(x) group_right b", "group_right"],
		["a + fill(0) b", "fill modifiers"],
		["a atan2 b", "atan2"],
		["rate(up[5m] anchored)", "anchored"],
		["rate(up[5m] smoothed)", "smoothed"],
		["sort(up)", "sort()"],
		['label_replace(up, "a", "b", "c", "d")', "label_replace()"],
		["histogram_count(up)", "histogram_count()"],
		["absent_over_time(up[5m])", "absent_over_time()"],
		['count_values("v", up)', "count_values()"],
		["stddev(up)", "stddev()"],
		["group(up)", "group()"],
		["limitk(2, up)", "limitk()"],
		["up[5m + 1m]", "calculated duration"],
		["up </ 5", "operator </"],
		["start()", "start()"],
	])("names what %s needs a Prometheus server for", (query, construct) => {
		const error = refusal(query);
		expect(error.code).toBe("unsupported");
		expect(error.message).toContain(construct);
		expect(error.message).toContain("PROMETHEUS_URL");
	});

	test("refuses a text of more than 10,000 characters", () => {
		expect(refusal(`up${" ".repeat(10_000)}`).message).toContain("10002 characters");
	});

	test("refuses nesting that would exhaust the stack", () => {
		expect(refusal(`${"(".repeat(1_000)}1${")".repeat(1_000)}`).message).toContain("levels deep");
		expect(refusal(`1${"+1".repeat(500)}`).message).toContain("levels deep");
		expect(refusal(`${"-(".repeat(700)}1${")".repeat(700)}`).message).toContain("levels deep");
	});

	test("refuses more powers than the parser takes in good time", () => {
		expect(refusal("1^-".repeat(3_000)).message).toContain('more than 249 "^"');
	});

	test("answers any text with an expression or an AppError", () => {
		assert(
			property(string({ unit: "binary", maxLength: 60 }), (query) => {
				expect(outcome(query)).toMatch(/^(?:expression|invalid|unsupported)$/);
			}),
		);
	});
});
