import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prometheusMetrics } from "../../../src/adapters/prometheus/prometheus-metrics.ts";
import type { AppError } from "../../../src/domain/errors.ts";
import { rejection } from "../embedded-metrics/support/filled-store.ts";
import { type ProxyOptions, type RecordingProxy, startProxy } from "./support/proxy.ts";
import { selfSigned } from "./support/self-signed.ts";
import { freePort } from "./support/start-prometheus.ts";

const SUCCESS = JSON.stringify({ status: "success", data: { resultType: "vector", result: [] } });

describe("the Prometheus source, when Prometheus does not answer as it should", () => {
	const proxies: RecordingProxy[] = [];
	const serve = async (
		answer: NonNullable<ProxyOptions["answer"]>,
		options: ProxyOptions = {},
	): Promise<RecordingProxy> => {
		const proxy = await startProxy({ answer, ...options });
		proxies.push(proxy);
		return proxy;
	};
	const errorFrom = async (
		status: number,
		body: string,
		headers: Record<string, string> = {},
	): Promise<AppError> => {
		const { url } = await serve((_, response) => {
			response.writeHead(status, headers).end(body);
			return true;
		});
		const source = prometheusMetrics({ url });
		const error = await rejection(source.instant("up", 0));
		const streamed = await rejection(source.eachInstant("up", 0, () => undefined));
		expect([streamed.code, streamed.message]).toEqual([error.code, error.message]);
		return error;
	};
	/** What is visited of a body that comes in these pieces. */
	const streamed = async (...pieces: readonly (string | Buffer)[]) => {
		const { url } = await serve((_, response) => {
			response.writeHead(200);
			for (const piece of pieces) response.write(piece);
			response.end();
			return true;
		});
		const seen: [string, number][] = [];
		await prometheusMetrics({ url }).eachInstant("up", 0, (series, value) => seen.push([series, value]));
		return seen;
	};
	const vectorOf = (elements: string) =>
		`{"status":"success","data":{"resultType":"vector","result":[${elements}]}}`;
	afterEach(async () => {
		await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
	});

	const failed = (errorType: string, error: string) => JSON.stringify({ status: "error", errorType, error });
	test.each([
		[400, failed("bad_data", "parse error: x"), "invalid", "refuses the query: parse error: x"],
		[422, failed("execution", "many-to-many"), "invalid", "many-to-many"],
		[503, failed("timeout", "query timed out"), "unavailable", "query timed out"],
		[500, failed("internal", "tsdb"), "unavailable", "tsdb"],
		[404, "<html>not found</html>", "unavailable", "check the address and path in PROMETHEUS_URL"],
		[502, "Bad Gateway", "unavailable", "failed with status 502"],
		[200, "<html>", "unavailable", "gave no Prometheus answer"],
		[200, '{"status":"success","data":{"resultType":"odd"}}', "unavailable", "unknown form"],
		[200, '{"status":"success"}', "unavailable", "unknown form"],
		[200, "[1", "unavailable", "gave no Prometheus answer"],
	])("status %d with %s is %s", async (status, body, code, words) => {
		const error = await errorFrom(status, body);
		expect(error.code).toBe(code);
		expect(error.message).toContain(words);
	});

	test("an instant answer is visited as it comes, with every kind of value", async () => {
		const elements = ["1.5", "NaN", "+Inf", "-Inf"].map(
			(value, i) => `{"metric":{"__name__":"up","n":"${i}"},"value":[1,"${value}"]}`,
		);
		expect(await streamed(vectorOf(elements.join(",")))).toEqual([
			['up{n="0"}', 1.5],
			['up{n="1"}', Number.NaN],
			['up{n="2"}', Number.POSITIVE_INFINITY],
			['up{n="3"}', Number.NEGATIVE_INFINITY],
		]);
		expect(await streamed('{"status":"success","data":{"resultType":"scalar","result":[1,"7"]}}')).toEqual([
			["{}", 7],
		]);
	});

	test("a letter of several bytes may be cut in two", async () => {
		const body = Buffer.from(vectorOf('{"metric":{"a":"é日"},"value":[1,"2"]}'));
		const cut = body.indexOf(Buffer.from("日")) + 1;
		expect(await streamed(body.subarray(0, cut), body.subarray(cut))).toEqual([['{a="é日"}', 2]]);
	});

	test("an answer that ends too early is no answer, whether it is cut or the connection breaks", async () => {
		const body = vectorOf('{"metric":{"a":"1"},"value":[1,"2"]},{"metric":{"a":"2"},"value":[1,"2"]}');
		for (const length of [3, 40, 70, body.length - 1]) {
			const cut = await rejection(streamed(body.slice(0, length)));
			expect([length, cut.code]).toEqual([length, "unavailable"]);
		}
		const { url } = await serve((_, response) => {
			response.writeHead(200, { "content-length": String(body.length) });
			response.write(body.slice(0, 80), () => response.destroy());
			return true;
		});
		const broken = await rejection(prometheusMetrics({ url }).eachInstant("up", 0, () => undefined));
		expect(broken.code).toBe("unavailable");
	});

	test("an instant answer that never ends is given up in time", async () => {
		const { url } = await serve((_, response) => {
			response.writeHead(200);
			response.write('{"status":"success","data":{"resultType":"vector","result":[');
			return true;
		});
		const late = await rejection(
			prometheusMetrics({ url }).eachInstant("up", 0, () => undefined, { timeoutMs: 200 }),
		);
		expect([late.code, late.message]).toEqual(["unavailable", expect.stringContaining("within 200 ms")]);
	});

	test("a matrix is refused, and what a visitor throws ends the reading", async () => {
		const matrix = vectorOf('{"metric":{},"values":[[1,"2"]]}').replace("vector", "matrix");
		expect((await rejection(streamed(matrix))).code).toBe("invalid");
		const { url } = await serve((_, response) => {
			response.end(vectorOf('{"metric":{},"value":[1,"2"]}'));
			return true;
		});
		const refuse = () => {
			throw new Error("the visitor's own");
		};
		await expect(prometheusMetrics({ url }).eachInstant("up", 0, refuse)).rejects.toThrow(
			"the visitor's own",
		);
	});

	test("429 says when to try again", async () => {
		const error = await errorFrom(429, "", { "retry-after": "30" });
		expect([error.code, error.retryAfterSeconds]).toEqual(["limited", 30]);
	});

	test("a redirect is not followed", async () => {
		const error = await errorFrom(302, "", { location: "http://127.0.0.1:1/" });
		expect(error.code).toBe("unavailable");
		expect(error.message).toContain("set PROMETHEUS_URL to the final one");
	});

	test("Prometheus' own words are cut at 300 characters, on one line", async () => {
		const { message } = await errorFrom(400, failed("bad_data", `bad\n${"x".repeat(5_000)}`));
		expect(message.length).toBeLessThan(340);
		expect(message).not.toContain("\n");
	});

	test("a server that is not there is unavailable, with the address and without a stack", async () => {
		const url = `http://127.0.0.1:${await freePort()}`;
		const error = await rejection(prometheusMetrics({ url }).instant("up", 0));
		expect(error.code).toBe("unavailable");
		expect(error.message).toBe(
			`Prometheus at ${url} can't be reached (ECONNREFUSED); check PROMETHEUS_URL and that it is running.`,
		);
	});

	test("case 45: a server that never answers is given up at the deadline, which it was told", async () => {
		const proxy = await serve(() => true);
		const error = await rejection(prometheusMetrics({ url: proxy.url }).instant("up", 0, { timeoutMs: 60 }));
		expect(error.code).toBe("unavailable");
		expect(error.message).toContain("did not answer within 60 ms");
		expect(proxy.requests[0]?.body).toContain("timeout=60ms");
	});

	test("a server that dribbles its answer is given up at the deadline", async () => {
		const { url } = await serve((_, response) => response.write("{"));
		const error = await rejection(prometheusMetrics({ url }).instant("up", 0, { timeoutMs: 60 }));
		expect(error.message).toContain("did not answer within 60 ms");
	});

	test("a query whose caller has gone is cancelled", async () => {
		const { url } = await serve(() => true);
		const controller = new AbortController();
		const error = rejection(prometheusMetrics({ url }).instant("up", 0, { signal: controller.signal }));
		controller.abort();
		expect((await error).code).toBe("unavailable");
		const early = await rejection(prometheusMetrics({ url }).instant("up", 0, { signal: controller.signal }));
		expect(early.message).toBe("The query was cancelled.");
	});

	test("an answer of more than 50 MB is not read to its end", async () => {
		const chunk = Buffer.alloc(1024 * 1024, 32);
		const { url } = await serve((_, response) => {
			let sent = 0;
			const more = (): void => {
				while (!response.destroyed && sent < 60 && response.write(chunk)) sent += 1;
			};
			response.on("drain", more);
			more();
			return true;
		});
		expect((await rejection(prometheusMetrics({ url }).instant("up", 0))).code).toBe("limited");
	});

	test("a kept connection that the server closed is replaced without an error", async () => {
		const { url } = await serve((_, response) => {
			response.setHeader("connection", "keep-alive").end(SUCCESS);
			setImmediate(() => response.socket?.resetAndDestroy());
			return true;
		});
		const source = prometheusMetrics({ url });
		for (let round = 0; round < 5; round += 1) expect(await source.instant("up", 0)).toEqual([]);
	});

	const secret = "s3cr3t/+=";
	test.each([
		["a bearer token", { bearerToken: "t0ken-s3cr3t" }, "PROMETHEUS_BEARER_TOKEN"],
		["basic auth", { username: "me", password: secret }, "PROMETHEUS_USERNAME and PROMETHEUS_PASSWORD"],
		["nothing", {}, "set PROMETHEUS_BEARER_TOKEN, or PROMETHEUS_USERNAME"],
	])("refused access with %s names the setting to check", async (_, options, words) => {
		for (const status of [401, 403]) {
			const { url } = await serve((__, response) => {
				response.writeHead(status).end("no");
				return true;
			});
			const error = await rejection(prometheusMetrics({ url, ...options }).instant("up", 0));
			expect(error.code).toBe("unauthenticated");
			expect(error.message).toContain(words);
		}
	});

	test("no error holds a secret, even where the server echoes it", async () => {
		const echo: NonNullable<ProxyOptions["answer"]> = (request, response) => {
			const told = `${request.headers.authorization} ${secret} t0ken-s3cr3t`;
			response.writeHead(400).end(failed("bad_data", told));
			return true;
		};
		const { url } = await serve(echo);
		const withUser = url.replace("http://", `http://me:${encodeURIComponent(secret)}@`);
		const errors = [
			await rejection(prometheusMetrics({ url, bearerToken: "t0ken-s3cr3t" }).instant("up", 0)),
			await rejection(prometheusMetrics({ url, username: "me", password: secret }).instant("up", 0)),
			await rejection(prometheusMetrics({ url: withUser }).instant("up", 0)),
			await rejection(
				prometheusMetrics({ url: `http://me:${encodeURIComponent(secret)}@127.0.0.1:1` }).instant("up", 0),
			),
		];
		const basic = Buffer.from(`me:${secret}`).toString("base64");
		const told = errors.map(({ message, detail }) => `${message} ${detail}`);
		expect(told[0]).not.toContain("t0ken-s3cr3t");
		for (const text of told.slice(1)) expect(text).not.toContain(secret);
		for (const text of told) expect(text).not.toContain(basic);
	});

	test("a certificate of an unknown authority is refused with a hint, and taken with its CA file", async () => {
		const tls = selfSigned();
		const { url } = await serve((_, response) => Boolean(response.end(SUCCESS)), { tls });
		const error = await rejection(prometheusMetrics({ url }).instant("up", 0));
		expect(error.code).toBe("unavailable");
		expect(error.message).toContain("set PROMETHEUS_CA_FILE");
		const folder = await mkdtemp(join(tmpdir(), "ca-"));
		const caFile = join(folder, "ca.pem");
		await writeFile(caFile, tls.certificate);
		expect(await prometheusMetrics({ url, caFile }).instant("up", 0)).toEqual([]);
		await rm(folder, { recursive: true });
	});

	test.each([
		[{ url: "nonsense" }, "PROMETHEUS_URL"],
		[{ url: "ftp://host" }, "PROMETHEUS_URL"],
		[{ url: "https://host", caFile: "/does/not/exist.pem" }, "PROMETHEUS_CA_FILE /does/not/exist.pem"],
		[{ url: "http://host", bearerToken: "a", username: "b" }, "not both"],
		[{ url: "http://host", bearerToken: "a\nb" }, "PROMETHEUS_BEARER_TOKEN"],
		[{ url: "http://host", tenant: "a\nb" }, "PROMETHEUS_TENANT "],
		[{ url: "http://host", tenant: "a", tenantHeader: "bad header" }, "PROMETHEUS_TENANT_HEADER"],
	])("the options %j are refused at once", (options, words) => {
		expect(() => prometheusMetrics(options)).toThrow(words);
	});

	test.each([
		['up{job=~"(a+)+$"}'],
		["up{job=~'(?:x*)*'}"],
		["up{job=~`([a-z]+){2,}`}"],
		['{__name__=~".*"}'],
		['sum({__name__=~"^.+$", job="a"})'],
		[`up{job=~"${"a|".repeat(501)}"}`],
		[`up + ${"1 + ".repeat(2501)}1`],
	])("case 45: %.40s is refused before anything is sent", async (query) => {
		const proxy = await serve(() => true);
		const source = prometheusMetrics({ url: proxy.url });
		const span = { startMs: 0, endMs: 1000, stepMs: 1000 };
		const refused = [await rejection(source.instant(query, 0)), await rejection(source.range(query, span))];
		expect([...refused.map(({ code }) => code), proxy.requests.length]).toEqual(["limited", "limited", 0]);
	});

	test.each([
		['up{job=~"web-.*|api"}'],
		['up{job=~"(a|b)+"}'],
		['up{instance=~"10\\.0\\..*:9100"}'],
		['{__name__=~"http_.*"}'],
	])("case 45: what people ask is sent: %s", async (query) => {
		const proxy = await serve(() => true);
		await prometheusMetrics({ url: proxy.url })
			.instant(query, 0, { timeoutMs: 60 })
			.catch(() => undefined);
		expect(proxy.requests).toHaveLength(1);
	});

	test("case 45: a year at 1 s is refused before anything is sent", async () => {
		const proxy = await serve(() => true);
		const span = { startMs: 0, endMs: 365 * 86_400_000, stepMs: 1000 };
		const refused = await rejection(prometheusMetrics({ url: proxy.url }).range("up", span));
		expect([refused.code, proxy.requests.length]).toEqual(["limited", 0]);
	});

	test("a span that is backwards or too fine is refused before anything is sent", async () => {
		const proxy = await serve(() => true);
		const source = prometheusMetrics({ url: proxy.url });
		const backwards = await rejection(source.range("up", { startMs: 1, endMs: 0, stepMs: 1 }));
		const fine = await rejection(source.range("up", { startMs: 0, endMs: 11_000, stepMs: 1 }));
		expect([backwards.code, fine.code, proxy.requests.length]).toEqual(["invalid", "limited", 0]);
	});
});
