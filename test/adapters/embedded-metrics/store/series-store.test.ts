import { array, assert, nat, property, record } from "fast-check";
import { compileMatcher } from "../../../../src/adapters/embedded-metrics/promql/compile-matcher.ts";
import { createSeriesStore } from "../../../../src/adapters/embedded-metrics/store/series-store.ts";
import type {
	SeriesStore,
	StoreLimits,
} from "../../../../src/adapters/embedded-metrics/store/store-contract.ts";
import type { Labels } from "../../../../src/domain/time-series.ts";

const byName = (name: string) => [compileMatcher({ name: "__name__", operator: "=", value: name })];

function add(store: SeriesStore, labels: Labels, t: number, v: number): boolean {
	const series = store.seriesFor(labels);
	return series !== undefined && store.append(series, t, v);
}

/** Adds `count` samples every five seconds to one series from `startMs` on. */
function addMany(store: SeriesStore, labels: Labels, count: number, startMs = 0): void {
	for (let index = 0; index < count; index += 1) add(store, labels, startMs + index * 5_000, index);
}

const samplesOf = (store: SeriesStore, name: string): readonly number[] =>
	store.select(byName(name)).flatMap((series) => [...series.read(-1, Number.POSITIVE_INFINITY).times]);

describe("the series store", () => {
	test("gives back any stretch of what was added, as a plain list would", () => {
		const sample = record({ gap: nat(20_000), v: nat(1_000) });
		assert(
			property(array(sample, { maxLength: 500 }), nat(2_000_000), nat(2_000_000), (given, from, length) => {
				const store = createSeriesStore();
				let t = 0;
				const expected: number[][] = [];
				for (const { gap, v } of given) {
					t += gap;
					if (add(store, { __name__: "x" }, t, v) && t > from && t <= from + length) expected.push([t, v]);
				}
				const block = store.select(byName("x"))[0]?.read(from, from + length);
				const got = [...(block?.times ?? [])].map((time, index) => [
					time,
					block?.values[index] ?? Number.NaN,
				]);
				expect(got).toEqual(expected);
			}),
		);
	});

	test("drops and counts samples that are not newer than the last one", () => {
		const store = createSeriesStore();
		expect(add(store, { __name__: "x" }, 10, 1)).toBe(true);
		expect(add(store, { __name__: "x" }, 10, 2)).toBe(false);
		expect(add(store, { __name__: "x" }, 9, 3)).toBe(false);
		expect(store.stats()).toMatchObject({ samples: 1, droppedSamples: 2 });
	});

	test("a label with an empty value is the same as none", () => {
		const store = createSeriesStore();
		add(store, { __name__: "x", a: "" }, 1, 1);
		add(store, { a: "", __name__: "x" }, 2, 1);
		expect(store.stats().series).toBe(1);
	});

	test("refuses series beyond its bound and tells how many", () => {
		const store = createSeriesStore({ maxSeries: 2 });
		for (const a of ["1", "2", "3", "4", "3"]) add(store, { __name__: "x", a }, 1_000_000, 1);
		expect(store.stats()).toMatchObject({ series: 2, samples: 2, refusedSeries: 2 });
	});

	test("a series that has been silent for ten minutes makes room for a new one", () => {
		const store = createSeriesStore({ maxSeries: 2 });
		add(store, { __name__: "old" }, 1_000, 1);
		add(store, { __name__: "busy" }, 700_000, 1);
		expect(add(store, { __name__: "new" }, 700_001, 1)).toBe(true);
		expect(samplesOf(store, "old")).toEqual([]);
		expect(store.stats()).toMatchObject({ series: 2, samples: 2, evictedSamples: 1, refusedSeries: 0 });
	});

	test("refuses label sets that are too large", () => {
		const store = createSeriesStore();
		expect(store.seriesFor({ __name__: "x", a: "y".repeat(1_025) })).toBeUndefined();
		const many = Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`l${index}`, "v"]));
		expect(store.seriesFor(many)).toBeUndefined();
		expect(store.stats().refusedSeries).toBe(2);
	});

	const limited: readonly (readonly [string, StoreLimits])[] = [
		["samples", { maxSamples: 2_000 }],
		["bytes", { maxChunkBytes: 2_500 }],
	];
	test.each(limited)("lets the oldest go, over all series, when it holds too many %s", (_, limits) => {
		const store = createSeriesStore(limits);
		addMany(store, { __name__: "x" }, 2_400);
		addMany(store, { __name__: "y" }, 2_400);
		const { samples, chunkBytes, evictedSamples } = store.stats();
		expect(samples + evictedSamples).toBe(4_800);
		expect(samples).toBeLessThanOrEqual(limits.maxSamples ?? Number.POSITIVE_INFINITY);
		expect(chunkBytes).toBeLessThanOrEqual(limits.maxChunkBytes ?? Number.POSITIVE_INFINITY);
		expect(samplesOf(store, "y").at(-1)).toBe(2_399 * 5_000);
		const x = samplesOf(store, "x");
		expect(x).toEqual(x.map((__, index) => (x[0] ?? 0) + index * 5_000));
	});

	test("lets go what is older than the retention, and series that have nothing left", () => {
		const store = createSeriesStore({ retentionMs: 3_600_000 });
		addMany(store, { __name__: "gone" }, 100);
		addMany(store, { __name__: "here" }, 2_000);
		store.prune(10_000_000);
		expect(samplesOf(store, "gone")).toEqual([]);
		const oldest = samplesOf(store, "here")[0] ?? 0;
		expect(oldest).toBeGreaterThan(10_000_000 - 3_600_000 - 120 * 5_000);
		expect(oldest).toBeLessThanOrEqual(10_000_000 - 3_600_000);
		expect(store.stats()).toMatchObject({ series: 1, oldestMs: oldest });
	});

	test("a series that was let go and comes back is a new one", () => {
		const store = createSeriesStore({ retentionMs: 1_000 });
		const before = store.seriesFor({ __name__: "x" });
		if (before) store.append(before, 1, 1);
		store.prune(10_000_000);
		expect(before?.alive).toBe(false);
		expect(add(store, { __name__: "x" }, 5, 1)).toBe(true);
	});

	test("selects by every kind of matcher, in a stable order", () => {
		const store = createSeriesStore();
		for (const a of ["2", "1", "3"]) add(store, { __name__: "x", a }, 1, 1);
		add(store, { __name__: "y", a: "1" }, 1, 1);
		const select = (name: string, operator: "=" | "!=" | "=~" | "!~", value: string) =>
			store
				.select([compileMatcher({ name, operator, value })])
				.map(({ labels }) => `${labels.__name__}${labels.a}`);
		expect(select("__name__", "=", "x")).toEqual(["x1", "x2", "x3"]);
		expect(select("a", "=", "1")).toEqual(["x1", "y1"]);
		expect(select("a", "!=", "1")).toEqual(["x2", "x3"]);
		expect(select("a", "=~", "[23]")).toEqual(["x2", "x3"]);
		expect(select("__name__", "!~", "x")).toEqual(["y1"]);
		expect(select("b", "=", "")).toHaveLength(4);
	});

	test("lists the metadata it was told, and metrics nobody described", () => {
		const store = createSeriesStore();
		store.describe({ name: "h_seconds", help: "Latency.", type: "histogram" });
		store.describe({ name: "h_seconds", help: "Latency of requests.", type: "histogram" });
		add(store, { __name__: "h_seconds_bucket", le: "1" }, 1, 1);
		add(store, { __name__: "a_bare_metric" }, 1, 1);
		expect(store.metadata()).toEqual([
			{ name: "a_bare_metric", help: "", type: "unknown" },
			{ name: "h_seconds", help: "Latency of requests.", type: "histogram" },
		]);
	});
});
