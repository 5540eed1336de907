import {
	array,
	assert,
	constantFrom,
	dictionary,
	double,
	oneof,
	property,
	record,
	string,
	stringMatching,
} from "fast-check";
import {
	ExpositionError,
	parseExposition,
	parseSeries,
} from "../../../../src/adapters/embedded-metrics/scrape/parse-exposition.ts";
import { withTargetLabels } from "../../../../src/adapters/embedded-metrics/scrape/target-labels.ts";
import { quoteLabelValue } from "../../../../src/domain/time-series.ts";

const read = (body: string) =>
	parseExposition(body).samples.map(({ series, value }) => ({ labels: parseSeries(series), value }));

const BODY = `# HELP http_requests_total Requests\\nby code, with a \\\\ in it.
# TYPE http_requests_total counter
# an ordinary comment
http_requests_total{code="200",path="/a\\"b\\\\c\\nd,}="} 1027 1395066363000
http_requests_total { code = "500" , } 3

# TYPE temperature gauge
temperature -1.5e+2
# TYPE rpc_seconds histogram
rpc_seconds_bucket{le="+Inf"} +Inf
rpc_seconds_sum NaN
odd:name_total{} -Inf\r
# EOF
`;

describe("parseExposition", () => {
	test("reads names, labels with escapes, values and blanks; leaves timestamps out", () => {
		expect(read(BODY)).toEqual([
			{ labels: { __name__: "http_requests_total", code: "200", path: '/a"b\\c\nd,}=' }, value: 1027 },
			{ labels: { __name__: "http_requests_total", code: "500" }, value: 3 },
			{ labels: { __name__: "temperature" }, value: -150 },
			{ labels: { __name__: "rpc_seconds_bucket", le: "+Inf" }, value: Number.POSITIVE_INFINITY },
			{ labels: { __name__: "rpc_seconds_sum" }, value: Number.NaN },
			{ labels: { __name__: "odd:name_total" }, value: Number.NEGATIVE_INFINITY },
		]);
	});

	test("reads help and type", () => {
		expect(parseExposition(BODY).metadata).toEqual([
			{ name: "http_requests_total", help: "Requests\nby code, with a \\ in it.", type: "counter" },
			{ name: "temperature", help: "", type: "gauge" },
			{ name: "rpc_seconds", help: "", type: "histogram" },
		]);
	});

	test.each(["<html>", "x", "x 1 2 3", 'x{a="b} 1', "1x 1", "x one", 'x{a="b"', "x 0x1p"])(
		"refuses the line %j and names it",
		(line) => {
			expect(() => parseExposition(`ok 1\n${line}\n`)).toThrow(ExpositionError);
			expect(() => parseExposition(`ok 1\n${line}\n`)).toThrow("line 2");
		},
	);

	test.each(["x{a=b}", 'x{="b"}', 'x{a "b"}', 'x{a="b"c="d"}', 'x{a="b",,}'])(
		"refuses the labels of %s",
		(series) => {
			expect(() => parseSeries(series)).toThrow("malformed");
		},
	);

	test("a long line that is no sample is refused as fast as it is read", () => {
		expect(() => parseExposition(`x{${'a="b",'.repeat(50_000)} 1`)).toThrow("line 1");
	});

	test("reads back whatever is written in the format", () => {
		const name = stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,10}$/);
		const label = stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,10}$/).filter((text) => text !== "__name__");
		const value = oneof(double({ noNaN: true, noDefaultInfinity: true }), constantFrom(0, 1e21, 1e-9));
		const sample = record({
			name,
			labels: dictionary(label, string({ unit: "binary" }), { maxKeys: 4 }),
			value,
		});
		assert(
			property(array(sample), (samples) => {
				const lines = samples.map((one) => {
					const labels = Object.entries(one.labels).map(([key, text]) => `${key}=${quoteLabelValue(text)}`);
					return `${one.name}{${labels.join(",")}} ${one.value}`;
				});
				const expected = samples.map((one) => ({
					labels: Object.fromEntries([["__name__", one.name], ...Object.entries(one.labels)]),
					value: one.value === 0 ? 0 : one.value,
				}));
				expect(read(lines.join("\n"))).toEqual(expected);
			}),
		);
	});
});

describe("withTargetLabels", () => {
	test("keeps a label that the target has too under another name", () => {
		const scraped = { __name__: "x", job: "own", exported_job: "taken", a: "1" };
		expect(withTargetLabels(scraped, { job: "api", instance: "host:1" })).toEqual({
			__name__: "x",
			job: "api",
			exported_exported_job: "own",
			exported_job: "taken",
			instance: "host:1",
			a: "1",
		});
	});

	test("an empty label of the series gives way", () => {
		expect(withTargetLabels({ job: "" }, { job: "api" })).toEqual({ job: "api" });
	});
});
