import { createServer, type RequestListener } from "node:http";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** A server on a free loopback port. */
export type TestServer = { readonly url: string; readonly close: () => Promise<void> };

export async function serve(listener: RequestListener): Promise<TestServer> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("no port");
	const close = async (): Promise<void> => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return { url: `http://127.0.0.1:${address.port}/metrics`, close };
}

/** A prom-client endpoint with a counter, a gauge and a histogram. */
export type PromClientServer = TestServer & {
	readonly requests: Counter<"code">;
	readonly queue: Gauge<"name">;
	readonly latency: Histogram;
};

export async function servePromClient(): Promise<PromClientServer> {
	const registry = new Registry();
	const registers = [registry];
	const requests = new Counter({
		name: "app_requests_total",
		help: "Requests.",
		labelNames: ["code"],
		registers,
	});
	const queue = new Gauge({
		name: "app_queue",
		help: 'Jobs in "queue"\nnow.',
		labelNames: ["name"],
		registers,
	});
	const latency = new Histogram({
		name: "app_latency_seconds",
		help: "Latency.",
		buckets: [0.1, 1],
		registers,
	});
	const server = await serve((_, response) => {
		void registry
			.metrics()
			.then((body) => response.setHeader("content-type", registry.contentType).end(body));
	});
	return { ...server, requests, queue, latency };
}
