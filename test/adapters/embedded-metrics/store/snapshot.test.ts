import { gzipSync } from "node:zlib";
import { embeddedMetrics } from "../../../../src/adapters/embedded-metrics/embedded-source.ts";
import { createSeriesStore } from "../../../../src/adapters/embedded-metrics/store/series-store.ts";
import { restoreSnapshot, takeSnapshot } from "../../../../src/adapters/embedded-metrics/store/snapshot.ts";
import type { SeriesStore } from "../../../../src/adapters/embedded-metrics/store/store-contract.ts";
import { rejection } from "../support/filled-store.ts";

const START_MS = 1_700_000_000_000;
const END_MS = START_MS + 499 * 5_000;

function filled(): SeriesStore {
	const store = createSeriesStore();
	store.describe({ name: "x", help: "Ünïcode", type: "gauge" });
	for (const a of ["1", "2"]) {
		const series = store.seriesFor({ __name__: "x", a });
		if (!series) throw new Error("no room");
		for (let index = 0; index < 500; index += 1)
			store.append(series, START_MS + index * 5_000, index * Number(a) + 0.25);
	}
	return store;
}

const answers = (store: SeriesStore) =>
	embeddedMetrics(store, { now: () => END_MS }).range("x", {
		startMs: START_MS,
		endMs: END_MS,
		stepMs: 5_000,
	});

describe("a snapshot", () => {
	test("brings back every series, sample and description", async () => {
		const before = filled();
		const after = createSeriesStore();
		const restored = await restoreSnapshot(after, await takeSnapshot(before), END_MS);
		expect(restored.series).toBe(2);
		expect(await answers(after)).toEqual(await answers(before));
		expect(after.metadata()).toEqual(before.metadata());
	});

	test("does not let the last value pass for the present one", async () => {
		const after = createSeriesStore();
		await restoreSnapshot(after, await takeSnapshot(filled()), END_MS + 60_000);
		const source = embeddedMetrics(after, { now: () => END_MS });
		expect(await source.instant("x", END_MS + 1)).toEqual([]);
		expect(await source.instant("count_over_time(x[1m])", END_MS + 1)).toHaveLength(2);
	});

	test("series go on after it", async () => {
		const after = createSeriesStore();
		await restoreSnapshot(after, await takeSnapshot(filled()), END_MS + 60_000);
		const series = after.seriesFor({ a: "1", __name__: "x" });
		expect(series && after.append(series, END_MS + 60_000, 1)).toBe(true);
		expect(after.stats().series).toBe(2);
	});

	test("leaves out what is older than the retention", async () => {
		const after = createSeriesStore({ retentionMs: 600_000 });
		await restoreSnapshot(after, await takeSnapshot(filled()), END_MS);
		expect(after.stats().oldestMs).toBeGreaterThanOrEqual(END_MS - 600_000 - 120 * 5_000);
	});

	test("leaves out samples from the future, after a clock was set back", async () => {
		const after = createSeriesStore();
		await restoreSnapshot(after, await takeSnapshot(filled()), START_MS - 3_600_000);
		expect(after.stats().samples).toBe(0);
	});

	test.each([
		["nothing", () => Buffer.alloc(0)],
		["other bytes", () => Buffer.from("not a snapshot")],
		["another format", () => gzipSync("smartcloudops-metrics\n99\n")],
		["a header alone with rubbish behind", () => gzipSync("smartcloudops-metrics\n1\n\xff\xff\xff\xff")],
	])("is refused when it is %s", async (_, make) => {
		expect((await rejection(restoreSnapshot(createSeriesStore(), make(), END_MS))).code).toBe("invalid");
	});

	test("is refused when a part is missing or changed", async () => {
		const snapshot = await takeSnapshot(filled());
		const cut = restoreSnapshot(createSeriesStore(), snapshot.subarray(0, -20), END_MS);
		expect((await rejection(cut)).code).toBe("invalid");
		const changed = Buffer.from(snapshot);
		changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 0x10;
		expect((await rejection(restoreSnapshot(createSeriesStore(), changed, END_MS))).code).toBe("invalid");
	});
});
