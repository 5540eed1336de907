import { embeddedMetrics } from "../../../../src/adapters/embedded-metrics/embedded-source.ts";
import { createTargetScraper } from "../../../../src/adapters/embedded-metrics/scrape/run-scrape.ts";
import { createSeriesStore } from "../../../../src/adapters/embedded-metrics/store/series-store.ts";
import { prometheusMetrics } from "../../../../src/adapters/prometheus/prometheus-metrics.ts";
import { labelsText } from "../../../../src/domain/time-series.ts";
import type { MetricsSource } from "../../../../src/ports/metrics-source.ts";
import { describeWith } from "../../../support/require-program.ts";
import {
	type RunningPrometheus,
	scrapeConfig,
	startPrometheus,
} from "../../prometheus/support/start-prometheus.ts";
import { serve, type TestServer } from "../support/metrics-server.ts";
import { until } from "../support/until.ts";

/** Escapes, blanks, label conflicts, numbers in every form. */
const BODY = `# HELP a_total With "quotes" and a \\\\ and\\na line.
# TYPE a_total counter
a_total{x="1",job="own",exported_job="taken"} 1
a_total { x = "2" , instance="other",} 2
a_total{x="\\"q\\" \\\\ \\n end",empty=""} +3
# no keyword here
b_gauge 1e-3
b_gauge{le="x"}	-.5E+2
c_value{n="nan"} NaN
c_value{n="inf"} +Inf
c_value{n="minus"} -Inf
c_value{n="utf8 grün 猫"} 0
d:e:f 12345678901234567890
`;

describeWith("prometheus", "the scraper, beside a real Prometheus on the same endpoint", () => {
	let server: TestServer;
	let prometheus: RunningPrometheus;

	beforeAll(async () => {
		server = await serve((_, response) => {
			response.setHeader("content-type", "text/plain; version=0.0.4").end(BODY);
		});
		prometheus = await startPrometheus(scrapeConfig(server.url));
	}, 30_000);
	afterAll(async () => {
		await prometheus?.stop();
		await server?.close();
	});

	const everything = async (source: MetricsSource, atMs: number): Promise<readonly string[]> => {
		const samples = await source.instant('{job="app", __name__!~"scrape_.*"}', atMs);
		return samples.map(({ labels, v }) => `${labelsText(labels)} ${v}`).toSorted();
	};

	test("stores the same series with the same values", async () => {
		const store = createSeriesStore();
		const target = { job: "app", instance: "app-1", url: server.url, labels: { environment: "local" } };
		expect(await createTargetScraper(store).scrape(target, Date.now())).toMatchObject({ problem: undefined });
		const theirs = prometheusMetrics({ url: prometheus.url });
		await until(async () => (await everything(theirs, Date.now())).length > 5);
		const ours = embeddedMetrics(store, { now: () => Date.now() });
		expect(await everything(ours, Date.now())).toEqual(await everything(theirs, Date.now()));
	});

	test("remembers the same help and type", async () => {
		const store = createSeriesStore();
		await createTargetScraper(store).scrape({ job: "app", url: server.url }, Date.now());
		const theirs = prometheusMetrics({ url: prometheus.url });
		const expected = await until(async () =>
			(await theirs.metadata()).find(({ name }) => name === "a_total"),
		);
		expect(store.metadata()).toContainEqual(expected);
	});
});
