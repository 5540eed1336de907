import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Every code the service answers with; their counters start at zero, so that ratios exist from the first scrape. */
const codes = ["200", "500", "502"] as const;
export type AnswerCode = (typeof codes)[number];

const secondsBuckets = [
	0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.05, 0.06, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.45,
	0.5, 0.6, 0.75, 1, 1.5, 2.5,
];

export type WorkloadMetrics = {
	/** Counts one answered request. */
	record(code: AnswerCode, seconds: number): void;
	/** The Prometheus text of everything. */
	render(): Promise<string>;
	readonly contentType: string;
};

/** The service's metrics and those of its process, in a registry of their own. */
export function createMetrics(service: string, version: string): WorkloadMetrics {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const requests = new Counter({
		name: "http_requests_total",
		help: "Requests answered, by status code.",
		labelNames: ["service", "code"],
		registers: [registry],
	});
	const duration = new Histogram({
		name: "http_request_duration_seconds",
		help: "Time from a request's arrival to its answer.",
		labelNames: ["service"],
		buckets: secondsBuckets,
		registers: [registry],
	});
	new Gauge({
		name: `${service}_build_info`,
		help: "Always 1; the version is in the label.",
		labelNames: ["version"],
		registers: [registry],
	}).set({ version }, 1);
	for (const code of codes) requests.inc({ service, code }, 0);
	return {
		record(code, seconds) {
			requests.inc({ service, code });
			duration.observe({ service }, seconds);
		},
		render: () => registry.metrics(),
		contentType: registry.contentType,
	};
}
