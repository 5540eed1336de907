import { prometheusMetrics } from "../../../src/adapters/prometheus/prometheus-metrics.ts";
import { describeWith } from "../../support/require-program.ts";
import { rejection } from "../embedded-metrics/support/filled-store.ts";
import { type PromClientServer, servePromClient } from "../embedded-metrics/support/metrics-server.ts";
import { until } from "../embedded-metrics/support/until.ts";
import { type RecordingProxy, startProxy } from "./support/proxy.ts";
import { remoteWrite } from "./support/remote-write.ts";
import { type RunningPrometheus, scrapeConfig, startPrometheus } from "./support/start-prometheus.ts";

const START_MS = Date.UTC(2024, 0, 2, 3, 0, 0);

describeWith("prometheus", "the Prometheus source, on a real Prometheus", () => {
	let prometheus: RunningPrometheus;
	let app: PromClientServer;
	const proxies: RecordingProxy[] = [];

	beforeAll(async () => {
		app = await servePromClient();
		prometheus = await startPrometheus(scrapeConfig(app.url));
		const values = [1, 2.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -7];
		await remoteWrite(prometheus.url, [
			{
				labels: { __name__: "x", a: "ü\n" },
				samples: values.map((v, index) => ({ t: START_MS + index * 10_000, v })),
			},
			{ labels: { __name__: "x", a: "2" }, samples: [{ t: START_MS + 20_000, v: 3 }] },
		]);
	}, 30_000);

	afterAll(async () => {
		await Promise.all(proxies.map((proxy) => proxy.close()));
		await prometheus?.stop();
		await app?.close();
	});

	const proxied = async (
		accept: (headers: RecordingProxy["requests"][number]["headers"]) => boolean,
	): Promise<RecordingProxy> => {
		const proxy = await startProxy({
			target: prometheus.url,
			answer: (request, response) => {
				if (accept(request.headers)) return false;
				response.writeHead(401).end();
				return true;
			},
		});
		proxies.push(proxy);
		return proxy;
	};

	test("answers an instant query with labels, time and value", async () => {
		const source = prometheusMetrics({ url: prometheus.url });
		expect(await source.instant('x{a="2"} * 2', START_MS + 21_500)).toEqual([
			{ labels: { a: "2" }, t: START_MS + 21_500, v: 6 },
		]);
		expect(await source.instant("missing", START_MS)).toEqual([]);
	});

	test("answers a range query with every kind of value", async () => {
		const source = prometheusMetrics({ url: `${prometheus.url}/` });
		const span = { startMs: START_MS, endMs: START_MS + 50_000, stepMs: 10_000 };
		expect(await source.range('x{a!="2"}', span)).toEqual([
			{
				labels: { __name__: "x", a: "ü\n" },
				samples: [1, 2.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -7].map(
					(v, index) => ({
						t: START_MS + index * 10_000,
						v,
					}),
				),
			},
		]);
	});

	test("a scalar is one element without labels", async () => {
		const source = prometheusMetrics({ url: prometheus.url });
		expect(await source.instant("1 + 1", START_MS)).toEqual([{ labels: {}, t: START_MS, v: 2 }]);
		expect(await source.range("3", { startMs: START_MS, endMs: START_MS, stepMs: 1_000 })).toEqual([
			{ labels: {}, samples: [{ t: START_MS, v: 3 }] },
		]);
	});

	test("a range vector or a string is no answer", async () => {
		const source = prometheusMetrics({ url: prometheus.url });
		expect((await rejection(source.instant("x[5m]", START_MS + 20_000))).code).toBe("invalid");
		expect((await rejection(source.instant('"text"', START_MS))).code).toBe("invalid");
	});

	test("case 46: passes on why an ill-typed or mistyped query is refused", async () => {
		const source = prometheusMetrics({ url: prometheus.url });
		const parse = await rejection(source.instant("sum(", START_MS));
		expect(parse.code).toBe("invalid");
		expect(parse.message).toContain("parse error");
		const typed = await rejection(source.instant("rate(x)", START_MS));
		expect(typed.code).toBe("invalid");
		expect(typed.message).toContain("expected type range vector");
		const matching = await rejection(source.instant("x * on() x", START_MS + 21_000));
		expect(matching.code).toBe("invalid");
		expect(matching.message).toContain("found duplicate series");
	});

	test("knows the metadata of what Prometheus scrapes", async () => {
		const source = prometheusMetrics({ url: prometheus.url });
		const metadata = await until(async () => {
			const known = await source.metadata();
			return known.length > 0 && known;
		});
		expect(metadata).toContainEqual({ name: "app_queue", help: 'Jobs in "queue"\nnow.', type: "gauge" });
		expect(metadata).toContainEqual({ name: "app_latency_seconds", help: "Latency.", type: "histogram" });
		expect(metadata.map(({ name }) => name)).toEqual(metadata.map(({ name }) => name).toSorted());
	});

	test("sends a bearer token", async () => {
		const { url } = await proxied(({ authorization }) => authorization === "Bearer t0ken");
		expect(await prometheusMetrics({ url, bearerToken: "t0ken" }).instant("1", 0)).toHaveLength(1);
		expect((await rejection(prometheusMetrics({ url, bearerToken: "other" }).instant("1", 0))).code).toBe(
			"unauthenticated",
		);
	});

	test("sends user and password, also those in the URL", async () => {
		const expected = `Basic ${Buffer.from("me:p@ss:wörd").toString("base64")}`;
		const { url } = await proxied(({ authorization }) => authorization === expected);
		const credentials = { username: "me", password: "p@ss:wörd" };
		expect(await prometheusMetrics({ url, ...credentials }).instant("1", 0)).toHaveLength(1);
		const inUrl = url.replace("://", `://me:${encodeURIComponent(credentials.password)}@`);
		expect(await prometheusMetrics({ url: inUrl }).instant("1", 0)).toHaveLength(1);
		expect((await rejection(prometheusMetrics({ url }).instant("1", 0))).code).toBe("unauthenticated");
	});

	test("sends the tenant, under the header asked for", async () => {
		const { url } = await proxied(
			(headers) => headers["x-scope-orgid"] === "team-a" || headers["x-team"] === "b",
		);
		expect(await prometheusMetrics({ url, tenant: "team-a" }).instant("1", 0)).toHaveLength(1);
		expect(
			await prometheusMetrics({ url, tenant: "b", tenantHeader: "X-Team" }).instant("1", 0),
		).toHaveLength(1);
	});

	test("keeps the path of the URL and posts the query as a form", async () => {
		const proxy = await startProxy({ answer: (_, response) => Boolean(response.writeHead(404).end()) });
		proxies.push(proxy);
		await rejection(prometheusMetrics({ url: `${proxy.url}/prometheus/` }).instant("up == 1", 1_500));
		expect(proxy.requests[0]).toMatchObject({
			path: "/prometheus/api/v1/query",
			body: "query=up+%3D%3D+1&time=1.500&timeout=10000ms",
			headers: { "content-type": "application/x-www-form-urlencoded" },
		});
	});
});
