import { fork } from "node:child_process";
import { once } from "node:events";
import { prometheusMetrics } from "../../src/adapters/prometheus/prometheus-metrics.ts";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";
import { measureScoring, type ScaleFigures, type ScaleOptions } from "./measure-scoring.ts";

/** For a machine that has little time for it: what counts is time of processors. */
const TIMEOUT_MS = 600_000;

/** The engine with fetching and parsing: a server in a process of its own answers over loopback. */
export async function runEndToEnd(options: ScaleOptions): Promise<ScaleFigures> {
	const server = fork(
		new URL("../scale.ts", import.meta.url),
		["--part", "server", "--series", String(options.series)],
		{ execArgv: [] },
	);
	try {
		const [port] = (await once(server, "message")) as [number];
		const prometheus = prometheusMetrics({ url: `http://127.0.0.1:${port}` });
		const metrics: MetricsSource = {
			...prometheus,
			eachInstant: (query, atMs, visit) =>
				prometheus.eachInstant(query, atMs, visit, { timeoutMs: TIMEOUT_MS }),
		};
		return await measureScoring(metrics, options);
	} finally {
		server.kill();
	}
}
