import type { MetricsSource } from "../ports/metrics-source.ts";

const LONGEST_MS = 1000;

/** The same metrics for somebody who waits on the line: a query that takes over a second is given up. */
export function quickMetrics(metrics: MetricsSource): MetricsSource {
	return {
		...metrics,
		instant: (query, atMs, options) => metrics.instant(query, atMs, { ...options, timeoutMs: LONGEST_MS }),
		eachInstant: (query, atMs, visit, options) =>
			metrics.eachInstant(query, atMs, visit, { ...options, timeoutMs: LONGEST_MS }),
		range: (query, span, options) => metrics.range(query, span, { ...options, timeoutMs: LONGEST_MS }),
	};
}
