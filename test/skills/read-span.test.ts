import { readMetric } from "../../skills/metrics/read-metric.ts";
import { embeddedMetrics } from "../../src/adapters/embedded-metrics/embedded-source.ts";
import { createSeriesStore } from "../../src/adapters/embedded-metrics/store/series-store.ts";

const MB = 1024 ** 2;
const NOW_MS = Date.UTC(2026, 10, 20, 8, 38);
const DAY = 86_400_000;
const FIRST_MS = NOW_MS - 23 * 60_000;

/** A service that has been watched for 23 minutes, every 5 s, and had a short peak and a short dip between even steps. */
function world() {
	const store = createSeriesStore();
	const labels = { job: "checkout", instance: "checkout:1" };
	let cpu = 0;
	for (let t = FIRST_MS; t <= NOW_MS; t += 5000) {
		const at = (t - FIRST_MS) / 1000;
		const memory = at === 605 ? 300 : at === 910 ? 20 : 75;
		cpu += at >= 600 && at < 660 ? 5 : 0.5;
		for (const [name, v] of [
			["process_resident_memory_bytes", memory * MB],
			["process_cpu_seconds_total", cpu],
		] as const) {
			const series = store.seriesFor({ __name__: name, ...labels });
			if (series) store.append(series, t, v);
		}
	}
	return {
		metrics: embeddedMetrics(store, { now: () => NOW_MS }),
		board: { readings: () => [], reading: () => undefined },
		watches: () => [],
		scrapeIntervalSeconds: 15,
	};
}

const target = { name: "checkout", kind: "service", aliases: [], environment: "local" } as const;
const over = (days: number) => ({ target, startMs: NOW_MS - days * DAY, endMs: NOW_MS });

describe("a metric over a span much longer than its history", () => {
	it.each([1 / 24, 1, 30, 400])("keeps peak and least of one sample, over %s days", async (days) => {
		const reading = await readMetric(world(), { ...over(days), metric: "memory", aggregate: "max" });
		expect(reading.main?.value).toBe(300 * MB);
		expect(reading.peak?.v).toBe(300 * MB);
		expect(Math.abs((reading.peak?.t ?? 0) - (FIRST_MS + 605_000))).toBeLessThanOrEqual(15_000);
		expect(reading.least?.v).toBe(20 * MB);
		expect((reading.average ?? 0) / MB).toBeCloseTo(75.6, 0);
	});

	it("begins where the samples begin", async () => {
		const reading = await readMetric(world(), { ...over(30), metric: "memory" });
		expect((reading.series[0]?.samples[0]?.t ?? 0) - FIRST_MS).toBeLessThanOrEqual(15_000);
		expect(FIRST_MS - reading.startMs).toBeLessThanOrEqual(60_000);
	});

	it("keeps the peak of a rate, and its samples in order", async () => {
		const reading = await readMetric(world(), { ...over(30), metric: "cpu", aggregate: "max" });
		expect(reading.main?.value).toBeGreaterThan(80);
		for (const metric of ["cpu", "memory"] as const) {
			const read = await readMetric(world(), { ...over(30), metric });
			const times = read.series[0]?.samples.map((sample) => sample.t) ?? [];
			expect(times).toEqual(times.toSorted((a, b) => a - b));
		}
	});
});
