import * as fc from "fast-check";
import { readResult } from "../../../src/adapters/prometheus/read-result.ts";
import { VectorScanner } from "../../../src/adapters/prometheus/scan-vector.ts";
import { labelsText } from "../../../src/domain/time-series.ts";

type Seen = readonly [string, number];

/** What is visited, and the rest, where the text comes in pieces cut at these places. */
function scan(text: string, cuts: readonly number[]): { readonly seen: Seen[]; readonly rest: string } {
	const seen: Seen[] = [];
	const scanner = new VectorScanner((series, value) => seen.push([series, value]));
	const places = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].toSorted((a, b) => a - b);
	for (const [index, place] of places.entries()) scanner.take(text.slice(place, places[index + 1] ?? place));
	return { seen, rest: scanner.end() };
}

/** The same, with what it threw. */
function attempt(text: string, cuts: readonly number[]) {
	try {
		return { outcome: scan(text, cuts) };
	} catch (error) {
		return { error };
	}
}

/** What JSON.parse makes of it. */
function plain(text: string): readonly Seen[] {
	const { data } = JSON.parse(text) as { data: unknown };
	return readResult(data, "vector").flatMap(({ labels, samples }) =>
		samples.map(({ v }): Seen => [labelsText(labels), v]),
	);
}

const value = fc.oneof(
	fc.double().map(String),
	fc.constantFrom("NaN", "+Inf", "-Inf", "0", "1e-310", "12345678901234567890"),
);
const name = fc.oneof(
	fc.constantFrom("__name__", "job", "instance", "le", "Zone", "service.name", "__proto__", "straße"),
	fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 }),
);
const text = fc.oneof(
	fc.constantFrom("", 'a"b', "\\", "}]", "]}", "\n", '\\"', "日本\u2028", ',"value":[1,"2"]', "up"),
	fc.string({ unit: "binary", maxLength: 6 }),
);
const labels = fc.dictionary(name, text, { maxKeys: 5 });
const element = fc.record({
	metric: labels,
	value: fc.tuple(fc.double({ min: 0, max: 2e9, noNaN: true }), value),
});
const histogram = fc.record({
	metric: labels,
	histogram: fc.constant([1, { count: "1", buckets: [[0, "1", "2", "3"]] }]),
});
const answer = fc
	.record({
		result: fc.array(fc.oneof({ weight: 5, arbitrary: element }, histogram), { maxLength: 6 }),
		space: fc.constantFrom(undefined, 1, "\t"),
		resultFirst: fc.boolean(),
		sorted: fc.boolean(),
		extra: fc.jsonValue({ maxDepth: 3 }),
	})
	.map(({ result, space, resultFirst, sorted, extra }) => {
		const elements = result.map((one) => ({
			...one,
			metric: sorted
				? Object.fromEntries(Object.entries(one.metric).toSorted(([a], [b]) => (a < b ? -1 : 1)))
				: one.metric,
		}));
		const data = resultFirst
			? { result: elements, resultType: "vector", stats: extra }
			: { resultType: "vector", result: elements };
		return JSON.stringify({ status: "success", isPartial: false, data, warnings: extra }, undefined, space);
	});
const cuts = fc.array(fc.nat(), { maxLength: 12 });

describe("an instant answer read piece by piece", () => {
	it("is what JSON.parse makes of it, wherever it is cut", () => {
		fc.assert(
			fc.property(answer, cuts, (body, places) => {
				const { seen, rest } = scan(body, places);
				expect(seen).toEqual(plain(body));
				const whole = JSON.parse(body) as { data: { result: unknown[] } };
				whole.data.result = whole.data.result.map(() => 0);
				expect(JSON.parse(rest)).toEqual(whole);
			}),
			{ numRuns: 600 },
		);
	});

	it("is the same when every character comes by itself", () => {
		fc.assert(
			fc.property(answer, (body) => {
				const everywhere = Array.from(body, (_char, index) => index);
				expect(scan(body, everywhere)).toEqual(scan(body, []));
			}),
			{ numRuns: 60 },
		);
	});

	it("that is cut off leaves a rest that is no JSON, and reads no series that is not there", () => {
		fc.assert(
			fc.property(answer, fc.nat(), cuts, (body, end, places) => {
				const { outcome, error } = attempt(body.slice(0, end % body.length), places);
				expect(error === undefined || error instanceof SyntaxError).toBe(true);
				const seen = outcome?.seen ?? [];
				expect(plain(body).slice(0, seen.length)).toEqual(seen);
				expect(() => JSON.parse(outcome?.rest ?? "")).toThrow(SyntaxError);
			}),
			{ numRuns: 300 },
		);
	});

	it("of arbitrary text ends in its rest or an error, and never hangs", () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json()), cuts, (body, places) => {
				const { outcome, error } = attempt(body, places);
				expect(error === undefined || error instanceof Error).toBe(true);
				expect(outcome?.rest.length ?? 0).toBeLessThanOrEqual(body.length);
			}),
		);
	});

	it("leaves a scalar, an error and a text where they are", () => {
		for (const body of [
			'{"status":"success","data":{"resultType":"scalar","result":[1435781451.781,"1"]}}',
			'{"status":"error","errorType":"bad_data","error":"parse error: {\\"result\\":[{"}',
			"<html>{ nothing [ here",
		])
			expect(scan(body, [3, 40])).toEqual({ seen: [], rest: body });
	});

	it("reads labels of ten thousand characters, and refuses a series of over a million", () => {
		const of = (length: number) =>
			`{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"${"x".repeat(length)}"},"value":[1,"2"]}]}}`;
		expect(scan(of(10_000), [5000, 9000]).seen).toEqual([[`{a="${"x".repeat(10_000)}"}`, 2]]);
		expect(() => scan(of(1_100_000), [1_050_000])).toThrow("over a million characters of labels");
	});
});
