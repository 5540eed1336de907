import { embeddedMetrics } from "../../../../src/adapters/embedded-metrics/embedded-source.ts";
import { createTargetScraper } from "../../../../src/adapters/embedded-metrics/scrape/run-scrape.ts";
import {
	MAX_BODY_BYTES,
	type ScrapeTarget,
} from "../../../../src/adapters/embedded-metrics/scrape/scrape-target.ts";
import { createSeriesStore } from "../../../../src/adapters/embedded-metrics/store/series-store.ts";
import { freePort } from "../../prometheus/support/start-prometheus.ts";
import { valuesAt } from "../support/filled-store.ts";
import { type PromClientServer, serve, servePromClient, type TestServer } from "../support/metrics-server.ts";

const scraperWithStore = () => {
	const store = createSeriesStore();
	return { store, scraper: createTargetScraper(store), source: embeddedMetrics(store, { now: () => 0 }) };
};

describe("a scrape of a prom-client endpoint", () => {
	let server: PromClientServer;
	let target: ScrapeTarget;

	beforeEach(async () => {
		server = await servePromClient();
		target = { job: "app", instance: "app-1", url: server.url, labels: { environment: "local" } };
		server.requests.inc({ code: "200" }, 5);
		server.queue.set({ name: 'a"b\\c\nd' }, 2.5);
		server.latency.observe(0.05);
		server.latency.observe(3);
	});
	afterEach(() => server.close());

	test("stores every sample with the labels of the target, and reports on itself", async () => {
		const { source, scraper } = scraperWithStore();
		expect(await scraper.scrape(target, 10_000)).toEqual({ problem: undefined, samples: 7 });
		const own = { environment: "local", instance: "app-1", job: "app" };
		expect(await source.instant("app_queue", 10_000)).toEqual([
			{ labels: { __name__: "app_queue", ...own, name: 'a"b\\c\nd' }, t: 10_000, v: 2.5 },
		]);
		expect(await valuesAt(source, "sum by (le) (app_latency_seconds_bucket)", 10)).toEqual({
			"{le=0.1}": 1,
			"{le=1}": 1,
			"{le=+Inf}": 2,
		});
		expect(await valuesAt(source, "sum by (job) (up)", 10)).toEqual({ "{job=app}": 1 });
		expect(await valuesAt(source, "sum(scrape_samples_scraped)", 10)).toEqual({ "{}": 7 });
		expect((await valuesAt(source, "sum(scrape_duration_seconds)", 10))["{}"]).toBeGreaterThan(0);
	});

	test("tells help and type", async () => {
		const { store, scraper } = scraperWithStore();
		await scraper.scrape(target, 10_000);
		expect(store.metadata()).toContainEqual({
			name: "app_queue",
			help: 'Jobs in "queue"\nnow.',
			type: "gauge",
		});
		expect(store.metadata()).toContainEqual({
			name: "app_latency_seconds",
			help: "Latency.",
			type: "histogram",
		});
	});

	test("a series that vanishes between scrapes is gone at once, the others go on", async () => {
		const { source, scraper } = scraperWithStore();
		server.requests.inc({ code: "500" }, 1);
		await scraper.scrape(target, 10_000);
		server.requests.remove({ code: "500" });
		server.requests.inc({ code: "200" }, 1);
		await scraper.scrape(target, 15_000);
		expect(await valuesAt(source, "sum by (code) (app_requests_total)", 14)).toEqual({
			"{code=200}": 5,
			"{code=500}": 1,
		});
		expect(await valuesAt(source, "sum by (code) (app_requests_total)", 15)).toEqual({ "{code=200}": 6 });
	});

	test("a target that stops answering is down and its series end; when it is back they go on", async () => {
		const { source, scraper, store } = scraperWithStore();
		await scraper.scrape(target, 10_000);
		const gone = { ...target, url: `http://127.0.0.1:${await freePort()}/metrics` };
		expect((await scraper.scrape(gone, 15_000)).problem).toBe("can't be reached (ECONNREFUSED)");
		expect(await valuesAt(source, "sum(up)", 15)).toEqual({ "{}": 0 });
		expect(await valuesAt(source, "app_queue", 15)).toEqual({});
		await scraper.scrape(target, 20_000);
		expect(await valuesAt(source, "sum(up)", 20)).toEqual({ "{}": 1 });
		expect(await valuesAt(source, "sum(app_requests_total)", 20)).toEqual({ "{}": 5 });
		expect(store.stats().series).toBe(10);
	});

	test("when the target is removed all of its series end, up as well", async () => {
		const { source, scraper } = scraperWithStore();
		await scraper.scrape(target, 10_000);
		scraper.end(11_000);
		expect(await source.instant('{job="app"}', 11_000)).toEqual([]);
	});
});

describe("a scrape that fails", () => {
	let server: TestServer | undefined;
	afterEach(() => server?.close());

	const problemWith = async (listener: Parameters<typeof serve>[0], timeoutMs?: number) => {
		server = await serve(listener);
		const { scraper, source } = scraperWithStore();
		const result = await scraper.scrape(
			{ job: "app", url: server.url, ...(timeoutMs ? { timeoutMs } : {}) },
			10_000,
		);
		expect(await valuesAt(source, "sum(up)", 10)).toEqual({ "{}": 0 });
		expect(await valuesAt(source, "count({__name__!~'up|scrape_.*', job='app'})", 10)).toEqual({});
		return result.problem;
	};

	test("says which status it got", async () => {
		expect(await problemWith((_, response) => response.writeHead(404).end("no"))).toBe(
			"answered with status 404",
		);
	});

	test("says that a page is no metrics", async () => {
		expect(await problemWith((_, response) => response.end("ok_total 1\n<html></html>\n"))).toBe(
			'sent something else than metrics: line 2 is no sample: "<html></html>"',
		);
	});

	test("says that labels are malformed, and stores nothing of that scrape", async () => {
		expect(await problemWith((_, response) => response.end('ok_total 1\nx{a="b"c="d"} 1\n'))).toContain(
			"malformed",
		);
	});

	test("gives up after its timeout", async () => {
		expect(await problemWith(() => undefined, 50)).toBe("did not answer within 50 ms");
	});

	test("gives up when the body takes longer than its timeout", async () => {
		expect(await problemWith((_, response) => response.write("x 1\n"), 80)).toBe(
			"did not answer within 80 ms",
		);
	});

	test("stops reading a body that is too large", async () => {
		const chunk = "x 1\n".repeat(65_536);
		const endless: Parameters<typeof serve>[0] = (_, response) => {
			const more = (): void => {
				while (!response.destroyed && response.write(chunk));
			};
			response.on("drain", more);
			more();
		};
		expect(await problemWith(endless)).toBe(`sent more than ${MAX_BODY_BYTES} bytes`);
	});

	test("says that the answer broke off", async () => {
		const problem = await problemWith((_, response) => {
			response.writeHead(200, { "content-length": "100" });
			response.write("x 1\n", () => response.destroy());
		});
		expect(problem).toMatch(/broke off|can't be reached/);
	});

	test("does not follow a redirect", async () => {
		expect(await problemWith((_, response) => response.writeHead(302, { location: "/x" }).end())).toBe(
			"answered with status 302",
		);
	});
});
