import { hostname } from "node:os";
import {
	type EmbeddedMetrics,
	type EmbeddedMetricsOptions,
	startEmbeddedMetrics,
} from "../../../src/adapters/embedded-metrics/start-embedded-metrics.ts";
import { valuesAt } from "./support/filled-store.ts";
import { servePromClient } from "./support/metrics-server.ts";
import { recordingLogger } from "./support/recording-logger.ts";
import { until } from "./support/until.ts";

const clock = { now: () => Date.now() };

describe("the built-in metrics", () => {
	const running: EmbeddedMetrics[] = [];
	const start = async (options: Partial<EmbeddedMetricsOptions> = {}): Promise<EmbeddedMetrics> => {
		const metrics = await startEmbeddedMetrics({
			clock,
			logger: recordingLogger(),
			hostIntervalSeconds: 0,
			...options,
		});
		running.push(metrics);
		return metrics;
	};
	afterEach(async () => {
		await Promise.all(running.splice(0).map((metrics) => metrics.stop()));
	});

	test("collect this host and scrape targets from the start, and answer PromQL on both", async () => {
		const server = await servePromClient();
		server.requests.inc({ code: "200" }, 4);
		const scrapeTargets = [{ job: "app", instance: "app", url: server.url, intervalSeconds: 0.2 }];
		const { source, stats } = await start({ hostIntervalSeconds: 0.2, scrapeTargets });
		const now = () => Date.now() / 1000;
		await until(
			async () => (await valuesAt(source, "count(rate(node_cpu_seconds_total[10s]))", now()))["{}"],
		);
		expect(await valuesAt(source, `count by (instance) (node_load1{job="node"})`, now())).toEqual({
			[`{instance=${hostname()}}`]: 1,
		});
		await until(async () => (await valuesAt(source, "sum by (job) (up)", now()))["{job=app}"] === 1);
		expect((await valuesAt(source, "sum by (job) (up)", now()))["{job=node}"]).toBe(1);
		expect((await source.metadata()).map(({ name }) => name)).toEqual(
			expect.arrayContaining(["app_requests_total", "node_cpu_seconds_total", "up"]),
		);
		expect(stats()).toMatchObject({ refusedSeries: 0, targets: [{ job: "app", up: true }] });
		await server.close();
	});

	test("stop ends collecting, and the source goes on answering", async () => {
		const { source, stop, stats } = await start({ hostIntervalSeconds: 0.1 });
		await until(async () => (await source.instant("up", Date.now())).length > 0);
		await stop();
		const { samples } = stats();
		await new Promise((resolve) => setTimeout(resolve, 250));
		expect(stats().samples).toBe(samples);
		expect((await source.instant("up", Date.now())).length).toBe(1);
	});

	test("a snapshot brings the history into the next run", async () => {
		const first = await start({ hostIntervalSeconds: 0.1 });
		await until(
			async () => (await first.source.instant("count_over_time(up[10s]) >= 3", Date.now())).length > 0,
		);
		await first.stop();
		const logger = recordingLogger();
		const second = await start({ logger, restoreFrom: await first.snapshot() });
		const span = { startMs: Date.now() - 10_000, endMs: Date.now(), stepMs: 100 };
		expect(await second.source.range("count_over_time(node_load1[1m])", span)).toEqual(
			await first.source.range("count_over_time(node_load1[1m])", span),
		);
		expect(logger.records).toContainEqual(
			expect.objectContaining({ message: "metrics of the last run are back" }),
		);
	});

	test("a damaged snapshot is ignored with a warning", async () => {
		const logger = recordingLogger();
		const { stats } = await start({ logger, restoreFrom: Buffer.from("damaged") });
		expect(stats().series).toBe(0);
		expect(logger.records.map(({ level }) => level)).toEqual(["warn"]);
	});

	test("series beyond the bound are told in the stats", async () => {
		const server = await servePromClient();
		for (let code = 0; code < 50; code += 1) server.requests.inc({ code: String(code) });
		const scrapeTargets = [{ job: "app", url: server.url, intervalSeconds: 0.2 }];
		const { stats } = await start({ scrapeTargets, limits: { maxSeries: 20 } });
		await until(() => stats().refusedSeries > 0);
		expect(stats().series).toBe(20);
		await server.close();
	});
});
