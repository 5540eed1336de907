import { AppError } from "../../../../src/domain/errors.ts";
import { type Point, rejection, sourceOf, valuesAt } from "../support/filled-store.ts";

const every = (
	seconds: number,
	count: number,
	value: (index: number) => number,
	from = 0,
): readonly Point[] => Array.from({ length: count }, (_, index) => [from + index * seconds, value(index)]);

describe("evaluation", () => {
	test("an instant selector takes the newest sample of the last five minutes, the far end excluded", async () => {
		const source = sourceOf([[{ __name__: "up" }, [[1_000, 7]]]]);
		expect(await valuesAt(source, "up", 999)).toEqual({});
		expect(await valuesAt(source, "up", 1_000)).toEqual({ "{__name__=up}": 7 });
		expect(await valuesAt(source, "up", 1_299.999)).toEqual({ "{__name__=up}": 7 });
		expect(await valuesAt(source, "up", 1_300)).toEqual({});
	});

	test("a window excludes its left border and includes its right one", async () => {
		const source = sourceOf([[{ __name__: "x" }, every(10, 10, () => 1)]]);
		expect(await valuesAt(source, "count_over_time(x[30s])", 60)).toEqual({ "{}": 3 });
		expect(await valuesAt(source, "count_over_time(x[30s])", 60.001)).toEqual({ "{}": 3 });
		expect(await valuesAt(source, "count_over_time(x[30])", 59.999)).toEqual({ "{}": 3 });
	});

	test("the borders are the same at every step of a span", async () => {
		const source = sourceOf([
			[{ __name__: "x" }, every(10, 40, () => 1)],
			[{ __name__: "once" }, [[0, 7]]],
		]);
		const span = { startMs: 0, endMs: 390_000, stepMs: 10_000 };
		const [counts] = await source.range("count_over_time(x[30s])", span);
		expect(counts?.samples.map(({ v }) => v)).toEqual([1, 2, ...Array(38).fill(3)]);
		const [once] = await source.range("once", { ...span, stepMs: 30_000 });
		expect(once?.samples.map(({ t }) => t / 1000)).toEqual([0, 30, 60, 90, 120, 150, 180, 210, 240, 270]);
	});

	test("a staleness marker ends a series at once and never counts as a sample", async () => {
		const source = sourceOf([
			[
				{ __name__: "x" },
				[
					[10, 1],
					[20, 2],
					[30, "stale"],
				],
			],
		]);
		expect(await valuesAt(source, "x", 29)).toEqual({ "{__name__=x}": 2 });
		expect(await valuesAt(source, "x", 30)).toEqual({});
		expect(await valuesAt(source, "count_over_time(x[1m])", 31)).toEqual({ "{}": 2 });
		expect(await valuesAt(source, "absent(x)", 31)).toEqual({ "{}": 1 });
	});

	test("a NaN that was measured is a value, not a staleness marker", async () => {
		const source = sourceOf([[{ __name__: "x" }, [[10, Number.NaN]]]]);
		expect(await valuesAt(source, "x", 11)).toEqual({ "{__name__=x}": Number.NaN });
		expect(await valuesAt(source, "count(x)", 11)).toEqual({ "{}": 1 });
	});

	test("rate adds back what a reset took and extrapolates to the borders", async () => {
		// 0 2 4 (reset) 1 3: grows by 7 within 40 s, extrapolated from 40 to 50 s.
		const source = sourceOf([
			[
				{ __name__: "x" },
				[
					[100, 10],
					[110, 12],
					[120, 14],
					[130, 1],
					[140, 3],
				],
			],
		]);
		const values = await valuesAt(source, "increase(x[50s])", 145);
		expect(values["{}"]).toBeCloseTo((7 * 50) / 40, 12);
	});

	test("rate of a counter that starts near zero far from the border goes back half an interval at most", async () => {
		// First sample 40 s into the window; the zero point lies 7.5 s before it, half an interval 5 s before it.
		const source = sourceOf([
			[
				{ __name__: "x" },
				[
					[140, 3],
					[150, 7],
					[160, 11],
				],
			],
		]);
		const values = await valuesAt(source, "increase(x[60s])", 160);
		expect(values["{}"]).toBeCloseTo((8 * 25) / 20, 12);
	});

	test("rate of a counter that starts at zero does not go back before its start", async () => {
		const source = sourceOf([
			[
				{ __name__: "x" },
				[
					[140, 0],
					[150, 4],
					[160, 8],
				],
			],
		]);
		const values = await valuesAt(source, "increase(x[60s])", 160);
		expect(values["{}"]).toBeCloseTo(8, 12);
	});

	test("an average whose sum would overflow is still right", async () => {
		const source = sourceOf([[{ __name__: "x" }, every(10, 4, () => 1.5e308)]]);
		const values = await valuesAt(source, "avg_over_time(x[1m])", 45);
		expect(values["{}"]).toBeCloseTo(1.5e308, -300);
	});

	test("sums keep small values beside large ones that cancel", async () => {
		const source = sourceOf([
			[
				{ __name__: "x" },
				[
					[1, 1e100],
					[2, 1],
					[3, -1e100],
				],
			],
		]);
		expect(await valuesAt(source, "sum_over_time(x[10s])", 5)).toEqual({ "{}": 1 });
	});

	test("histogram_quantile overlooks differences that are rounding, and dips", async () => {
		const source = sourceOf([
			[{ __name__: "h_bucket", le: "1" }, [[10, 10.000000000001]]],
			[{ __name__: "h_bucket", le: "2" }, [[10, 10]]],
			[{ __name__: "h_bucket", le: "+Inf" }, [[10, 20]]],
		]);
		expect(await valuesAt(source, "histogram_quantile(0.25, h_bucket)", 11)).toEqual({
			"{}": expect.closeTo(0.5, 9),
		});
	});

	test("histogram_quantile keeps histograms of different names apart, and refuses two equal results", async () => {
		const source = sourceOf(
			["a_bucket", "b_bucket"].flatMap((__name__) => [
				[{ __name__, le: "1" }, [[10, 1]]] as const,
				[{ __name__, le: "+Inf" }, [[10, 2]]] as const,
			]),
		);
		const error = await rejection(source.instant('histogram_quantile(0.5, {__name__=~"._bucket"})', 11_000));
		expect(error.code).toBe("invalid");
		expect(error.message).toContain("same labels");
	});

	test("a filter with several matches on the left is refused even where it would drop them", async () => {
		const source = sourceOf([
			[{ __name__: "x", a: "1", b: "1" }, [[10, 1]]],
			[{ __name__: "x", a: "1", b: "2" }, [[10, 5]]],
			[{ __name__: "y", a: "1" }, [[10, 3]]],
		]);
		const error = await rejection(source.instant("x > on(a) y", 11_000));
		expect(error.code).toBe("invalid");
		expect(error.message).toContain("group_left");
	});

	test("a window function over two names whose labels are equal is refused", async () => {
		const source = sourceOf([
			[{ __name__: "a_total" }, every(10, 5, (index) => index)],
			[{ __name__: "b_total" }, every(10, 5, (index) => index)],
		]);
		expect((await rejection(source.instant('rate({__name__=~"._total"}[1m])', 45_000))).message).toContain(
			"same labels",
		);
	});

	test("a duration is its number of seconds where a number is wanted", async () => {
		const source = sourceOf([[{ __name__: "x" }, [[10, 1]]]]);
		expect(await valuesAt(source, "1h30m + 1", 11)).toEqual({ "{}": 5401 });
	});

	test("label names of JavaScript's own objects are ordinary labels", async () => {
		const source = sourceOf([
			[
				Object.fromEntries([
					["__name__", "x"],
					["__proto__", "a"],
					["constructor", "b"],
				]),
				[[10, 1]],
			],
		]);
		expect(await valuesAt(source, 'sum by (constructor) (x{constructor="b", toString=""})', 11)).toEqual({
			"{constructor=b}": 1,
		});
		expect(await valuesAt(source, 'count(x{__proto__="a"})', 11)).toEqual({ "{}": 1 });
	});
});

describe("the embedded source", () => {
	const source = sourceOf([
		[{ __name__: "x", a: "2" }, every(10, 100, (index) => index)],
		[{ __name__: "x", a: "1" }, every(10, 100, (index) => index * 2)],
	]);

	test("a range query has a sample at each step of the span where there is a value, series sorted", async () => {
		const series = await source.range("x", { startMs: -10_000, endMs: 20_000, stepMs: 10_000 });
		expect(series).toEqual([
			{
				labels: { __name__: "x", a: "1" },
				samples: [
					{ t: 0, v: 0 },
					{ t: 10_000, v: 2 },
					{ t: 20_000, v: 4 },
				],
			},
			{
				labels: { __name__: "x", a: "2" },
				samples: [
					{ t: 0, v: 0 },
					{ t: 10_000, v: 1 },
					{ t: 20_000, v: 2 },
				],
			},
		]);
	});

	test("a scalar is one element without labels", async () => {
		expect(await source.instant("time()", 5_000)).toEqual([{ labels: {}, t: 5_000, v: 5 }]);
		const span = { startMs: 0, endMs: 1_000, stepMs: 1_000 };
		expect(await source.range("2", span)).toEqual([
			{
				labels: {},
				samples: [
					{ t: 0, v: 2 },
					{ t: 1_000, v: 2 },
				],
			},
		]);
	});

	test("a range vector or a string is no answer", async () => {
		expect((await rejection(source.instant("x[5m]", 0))).code).toBe("invalid");
		expect((await rejection(source.instant('"text"', 0))).code).toBe("invalid");
	});

	test("a span that is backwards, without a step or with too many points is refused", async () => {
		const codes = await Promise.all(
			[
				{ startMs: 1, endMs: 0, stepMs: 1 },
				{ startMs: 0, endMs: 1, stepMs: 0 },
				{ startMs: 0, endMs: Number.NaN, stepMs: 1 },
				{ startMs: 0, endMs: 11_000, stepMs: 1 },
			].map(async (span) => (await rejection(source.range("x", span))).code),
		);
		expect(codes).toEqual(["invalid", "invalid", "invalid", "limited"]);
	});

	test("a query that reads too many samples is refused", async () => {
		const span = { startMs: 995_000, endMs: 1_005_999, stepMs: 1 };
		const nested = Array.from({ length: 20 }, () => "sum(quantile_over_time(0.5, x[1000s]))").join(" + ");
		const error = await rejection(source.range(nested, span));
		expect(error.code).toBe("limited");
		expect(error.message).toContain("samples would be read");
	});

	test("a query stops when its time is over or its caller has gone", async () => {
		expect((await rejection(source.instant("x", 0, { signal: AbortSignal.abort() }))).code).toBe(
			"unavailable",
		);
		const late = await rejection(
			source.range(
				"quantile_over_time(0.5, x[1000s])",
				{ startMs: 0, endMs: 999_000, stepMs: 1_000 },
				{ timeoutMs: -1 },
			),
		);
		expect(late).toBeInstanceOf(AppError);
		expect(late.code).toBe("unavailable");
	});
});
