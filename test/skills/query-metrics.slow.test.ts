import { comparePeriods } from "../../skills/compare-periods.ts";
import { queryMetrics } from "../../skills/query-metrics.ts";
import { topConsumers } from "../../skills/top-consumers.ts";
import { CONTEXT, LEAK_MS, NOW_MS, questionWorld } from "../fakes/question-world.ts";

const HOUR = 3_600_000;
const MB = 1024 ** 2;

describe("query-metrics", () => {
	it("gives the value now with its query, unit and expectation, from the watch that observes it", async () => {
		const { main, quantity, beside } = await queryMetrics.run(await questionWorld(), CONTEXT, {
			target: "checkout",
			metric: "memory",
		});
		expect(main?.value).toBeGreaterThan(200 * MB);
		expect(main?.value).toBeLessThan(240 * MB);
		expect(main).toMatchObject({
			unit: "bytes",
			query: 'max(process_resident_memory_bytes{job="checkout"})',
			endMs: NOW_MS,
		});
		expect(main?.expected?.high).toBeGreaterThan(main?.expected?.low ?? Number.POSITIVE_INFINITY);
		expect(main?.startMs).toBeUndefined();
		expect(quantity.label).toBe("memory");
		expect(beside).toEqual([]);
	});

	it("measures what the world was made of", async () => {
		const world = await questionWorld();
		const value = async (
			target: string,
			metric: "cpu" | "error-rate" | "traffic" | "disk" | "load" | "network",
		) => (await queryMetrics.run(world, CONTEXT, { target, metric })).main?.value ?? Number.NaN;
		expect(await value("host", "cpu")).toBeCloseTo(34, -1);
		expect(await value("checkout", "cpu")).toBeCloseTo(46.7, 0);
		expect(await value("checkout", "error-rate")).toBeCloseTo(0.2, 1);
		expect(await value("host", "disk")).toBeCloseTo(83, 1);
		expect(await value("host", "network")).toBeCloseTo(2 * MB, -3);
		const traffic = await value("checkout", "traffic");
		expect(traffic).toBeGreaterThan(130);
		expect(traffic).toBeLessThan(150);
	});

	it("takes a percentile and a mean of latency over the whole span", async () => {
		const world = await questionWorld();
		const span = { target: "checkout", metric: "latency" as const, startMs: NOW_MS - HOUR };
		const p99 = await queryMetrics.run(world, CONTEXT, { ...span, aggregate: 99 });
		expect(p99.main?.query).toContain("histogram_quantile(0.99");
		expect(p99.main?.query).toContain("[1h]");
		expect(p99.main?.value).toBeGreaterThan(0.025);
		expect(p99.main?.value).toBeLessThan(0.05);
		const mean = await queryMetrics.run(world, CONTEXT, { ...span, aggregate: "avg" });
		expect(mean.main?.value).toBeCloseTo(0.03, 6);
		expect(mean.quantity.label).toBe("mean latency");
	});

	it("finds peak, lowest and percentile of a span", async () => {
		const world = await questionWorld({ leaking: true });
		const read = (aggregate: "max" | "min" | "avg" | number) =>
			queryMetrics.run(world, CONTEXT, {
				target: "checkout",
				metric: "memory",
				startMs: NOW_MS - HOUR,
				aggregate,
			});
		const [max, min, avg, p50] = await Promise.all([read("max"), read("min"), read("avg"), read(50)]);
		expect(max.main?.value).toBeGreaterThan(780 * MB);
		expect(max.peak?.t).toBeGreaterThan(NOW_MS - 60_000);
		expect(min.main?.value).toBeLessThan(220 * MB);
		expect(avg.main?.value).toBeGreaterThan(p50.main?.value ?? 0);
		expect(max.main).toMatchObject({ startMs: NOW_MS - HOUR, endMs: NOW_MS, stepMs: 15_000 });
	});

	it("says why there is no number: no requests, or no samples and since when", async () => {
		const world = await questionWorld();
		const idle = await queryMetrics.run(world, CONTEXT, { target: "worker", metric: "latency" });
		expect(idle).toMatchObject({ missing: "no requests" });
		const gone = await queryMetrics.run(world, CONTEXT, { target: "billing-api", metric: "memory" });
		expect(gone.main).toBeUndefined();
		expect(gone.missing).toBe("no data");
		expect(Math.abs((gone.newestMs ?? 0) - (NOW_MS - 20 * 60_000))).toBeLessThanOrEqual(60_000);
	});

	it("gives no number that is older than its window, though the engine still would", async () => {
		const world = await questionWorld();
		const justAfter = NOW_MS - 18 * 60_000;
		const [stale] = await world.metrics.instant(
			'max(process_resident_memory_bytes{job="billing-api"})',
			justAfter,
		);
		expect(stale?.v).toBeGreaterThan(0);
		const reading = await queryMetrics.run(world, CONTEXT, {
			target: "billing-api",
			metric: "memory",
			endMs: justAfter,
		});
		expect(reading.main).toBeUndefined();
	});

	it("puts the root disk first and knows the one that was named", async () => {
		const world = await questionWorld();
		const all = await queryMetrics.run(world, CONTEXT, { target: "host", metric: "disk" });
		expect(all.series.map((series) => series.labels.mountpoint)).toEqual(["/", "/data"]);
		expect(all.beside.map((one) => one.label)).toEqual(["Free", "In all"]);
		const named = await queryMetrics.run(world, CONTEXT, {
			target: "host",
			metric: "disk",
			mountpoint: "/data",
		});
		expect(named.main?.value).toBeCloseTo(40, 6);
	});

	it("refuses a target that does not exist and a metric it has not, in a sentence", async () => {
		const world = await questionWorld();
		await expect(queryMetrics.run(world, CONTEXT, { target: "nope", metric: "cpu" })).rejects.toMatchObject({
			code: "not_found",
			message: expect.stringContaining("checkout"),
		});
		await expect(
			queryMetrics.run(world, CONTEXT, { target: "host", metric: "latency" }),
		).rejects.toMatchObject({
			code: "unsupported",
			message: "Latency is measured for services, not for a host.",
		});
	});

	it("keeps the number of points bounded however long the span", async () => {
		const reading = await queryMetrics.run(await questionWorld(), CONTEXT, {
			target: "host",
			metric: "cpu",
			startMs: NOW_MS - 30 * 24 * HOUR,
		});
		expect(reading.series[0]?.samples.length).toBeLessThanOrEqual(3 * 20_001);
	});
});

describe("compare-periods", () => {
	it("gives both spans and their difference", async () => {
		const compared = await comparePeriods.run(await questionWorld(), CONTEXT, {
			target: "host",
			metric: "cpu",
			startMs: NOW_MS - HOUR,
			offsetMs: 24 * HOUR,
		});
		expect(compared.later.main?.value).toBeCloseTo(34, 0);
		expect(compared.earlier.main?.value).toBeCloseTo(44, 0);
		expect(compared.difference).toBeCloseTo(-10, 0);
		expect(compared.earlier.startMs).toBe(NOW_MS - 25 * HOUR);
	});

	it("has no difference where one of them has no data", async () => {
		const compared = await comparePeriods.run(await questionWorld(), CONTEXT, {
			target: "host",
			metric: "cpu",
			startMs: NOW_MS - HOUR,
			offsetMs: 7 * 24 * HOUR,
		});
		expect(compared.earlier.main).toBeUndefined();
		expect(compared.difference).toBeUndefined();
	});
});

describe("top-consumers", () => {
	it("ranks processes now and over a span", async () => {
		const world = await questionWorld();
		const now = await topConsumers.run(world, CONTEXT, { of: "process", by: "memory", count: 2 });
		expect(now.rows.map((row) => [row.label, Math.round(row.value / MB)])).toEqual([
			["chrome", 900],
			["postgres", 300],
		]);
		const span = await topConsumers.run(world, CONTEXT, {
			of: "process",
			by: "cpu",
			startMs: LEAK_MS - HOUR,
		});
		expect(span.rows.map((row) => row.label)).toEqual(["node", "chrome", "postgres", "bash"]);
		expect(span.rows[0]?.value).toBeCloseTo(60, 6);
		expect(span.rows[0]).toMatchObject({ unit: "percent", startMs: LEAK_MS - HOUR, endMs: NOW_MS });
	});

	it("leaves out what has no number, such as the latency of a service without requests", async () => {
		const { rows } = await topConsumers.run(await questionWorld(), CONTEXT, { of: "service", by: "latency" });
		expect(rows.map((row) => row.label)).toEqual(["checkout"]);
	});

	it("says by what processes can be ranked", async () => {
		const run = topConsumers.run(await questionWorld(), CONTEXT, { of: "process", by: "latency" });
		await expect(run).rejects.toMatchObject({
			code: "unsupported",
			message: expect.stringContaining("CPU, memory"),
		});
	});
});
