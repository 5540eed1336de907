import { embeddedMetrics } from "../../../../src/adapters/embedded-metrics/embedded-source.ts";
import { createScraper, type Scraper } from "../../../../src/adapters/embedded-metrics/scrape/scraper.ts";
import { createSeriesStore } from "../../../../src/adapters/embedded-metrics/store/series-store.ts";
import { AppError } from "../../../../src/domain/errors.ts";
import { freePort } from "../../prometheus/support/start-prometheus.ts";
import { valuesAt } from "../support/filled-store.ts";
import { type PromClientServer, serve, servePromClient, type TestServer } from "../support/metrics-server.ts";
import { recordingLogger } from "../support/recording-logger.ts";
import { until } from "../support/until.ts";

const clock = { now: () => Date.now() };

describe("the scraper", () => {
	let servers: TestServer[];
	let scraper: Scraper;
	const setUp = () => {
		const store = createSeriesStore();
		const logger = recordingLogger();
		scraper = createScraper({ store, clock, logger });
		return { store, logger, source: embeddedMetrics(store, clock) };
	};
	const started = async (): Promise<PromClientServer> => {
		const server = await servePromClient();
		servers.push(server);
		return server;
	};

	beforeEach(() => {
		servers = [];
	});
	afterEach(async () => {
		await scraper.stop();
		await Promise.all(servers.map((server) => server.close()));
	});

	test("scrapes a target again and again, as the host and port of its URL where it has no instance", async () => {
		const { source } = setUp();
		const server = await started();
		scraper.add({ job: "app", url: server.url, intervalSeconds: 0.2 });
		await until(async () => (await source.instant("count_over_time(up[10s]) >= 3", Date.now())).length > 0);
		const [up] = await source.instant("up", Date.now());
		expect(up).toMatchObject({ labels: { job: "app", instance: new URL(server.url).host }, v: 1 });
	});

	test("a target whose process comes back on another port goes on with the same series", async () => {
		const { source, store } = setUp();
		const [one, two] = [await started(), await started()];
		one.requests.inc({ code: "200" }, 3);
		two.requests.inc({ code: "200" }, 1);
		scraper.add({ job: "app", instance: "app", url: one.url, intervalSeconds: 0.2 });
		await until(
			async () => (await valuesAt(source, "sum(app_requests_total)", Date.now() / 1000))["{}"] === 3,
		);
		const before = store.stats().series;
		scraper.add({ job: "app", instance: "app", url: two.url, intervalSeconds: 0.2 });
		await until(
			async () => (await valuesAt(source, "sum(app_requests_total)", Date.now() / 1000))["{}"] === 1,
		);
		expect(store.stats().series).toBe(before);
		expect(scraper.targets()).toHaveLength(1);
	});

	test("a removed target is not scraped any more and its series end", async () => {
		const { source } = setUp();
		const server = await started();
		scraper.add({ job: "app", instance: "app", url: server.url, intervalSeconds: 0.2 });
		await until(async () => (await source.instant("up", Date.now())).length === 1);
		await scraper.remove({ job: "app", instance: "app" });
		expect(await source.instant('{job="app"}', Date.now() + 1)).toEqual([]);
		expect(scraper.targets()).toEqual([]);
		await scraper.remove({ job: "app", instance: "app" });
	});

	test("has one scrape of a target under way at a time", async () => {
		setUp();
		let open = 0;
		let most = 0;
		let calls = 0;
		const slow = await serve((_, response) => {
			open += 1;
			calls += 1;
			most = Math.max(most, open);
			response.on("close", () => {
				open -= 1;
			});
		});
		servers.push(slow);
		scraper.add({ job: "slow", url: slow.url, intervalSeconds: 0.2, timeoutMs: 150 });
		await until(() => calls >= 2);
		expect(most).toBe(1);
	});

	test("tells a problem once, and when it is over", async () => {
		const { logger } = setUp();
		const port = await freePort();
		const url = `http://user:secret@127.0.0.1:${port}/metrics?token=secret`;
		scraper.add({ job: "app", instance: "app", url, intervalSeconds: 0.2 });
		const status = await until(() => scraper.targets().find((target) => target.problem !== undefined));
		expect(status).toMatchObject({ up: false, problem: "can't be reached (ECONNREFUSED)", samples: 0 });
		const scrapes = new Set<number | undefined>();
		await until(() => scrapes.add(scraper.targets()[0]?.lastScrapeMs).size >= 3);
		expect(logger.records.filter(({ level }) => level === "warn")).toHaveLength(1);
		const server = await started();
		scraper.add({ job: "app", instance: "app", url: server.url, intervalSeconds: 0.2 });
		await until(() => scraper.targets()[0]?.up);
		expect(logger.records.at(-1)).toMatchObject({ level: "info", message: "a scrape target answers" });
		expect(JSON.stringify([logger.records, scraper.targets()])).not.toContain("secret");
	});

	test.each([
		{ job: "app", url: "ftp://127.0.0.1/metrics" },
		{ job: "app", url: "http://" },
		{ job: "app", url: "http://127.0.0.1/metrics", intervalSeconds: 0 },
		{ job: "app", url: "http://127.0.0.1/metrics", intervalSeconds: Number.NaN },
	])("refuses the target %j", (target) => {
		setUp();
		expect(() => scraper.add(target)).toThrow(AppError);
		expect(scraper.targets()).toEqual([]);
	});
});
