import type { FastifyInstance } from "fastify";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** Counts and times every request by route template, never by address: the number of series stays bounded. */
export function measureRequests(app: FastifyInstance, registry: Registry, openStreams: () => number): void {
	const labelNames = ["method", "route", "status"] as const;
	const requests = new Counter({
		name: "smartcloudops_http_requests_total",
		help: "HTTP requests answered.",
		labelNames,
		registers: [registry],
	});
	const durations = new Histogram({
		name: "smartcloudops_http_request_duration_seconds",
		help: "Time from a request's first byte to its answer's last.",
		labelNames,
		buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
		registers: [registry],
	});
	new Gauge({
		name: "smartcloudops_event_streams",
		help: "Open connections for live changes.",
		registers: [registry],
		collect() {
			this.set(openStreams());
		},
	});
	app.addHook("onResponse", async (request, reply) => {
		const route = request.routeOptions.url ?? "unmatched";
		const labels = { method: knownMethod(request.method), route, status: String(reply.statusCode) };
		requests.inc(labels);
		const isStream = String(reply.getHeader("content-type")).startsWith("text/event-stream");
		if (!isStream) durations.observe(labels, reply.elapsedTime / 1000);
	});
}

const METHODS = new Set(["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"]);

function knownMethod(method: string): string {
	return METHODS.has(method) ? method : "other";
}
