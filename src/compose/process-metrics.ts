import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { WatchBoard } from "../ports/watch-board.ts";

/** The product's own metrics: the process, and how its watches are. */
export function processMetrics(version: string, board: WatchBoard): Registry {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	new Gauge({
		name: "smartcloudops_build_info",
		help: "1, labelled with the running version.",
		labelNames: ["version"],
		registers: [registry],
	}).set({ version }, 1);
	new Gauge({
		name: "smartcloudops_watches",
		help: "Watches by state.",
		labelNames: ["state"],
		registers: [registry],
		collect() {
			this.reset();
			for (const state of ["learning", "ready", "failed"] as const)
				this.set({ state }, board.readings().filter((reading) => reading.status.state === state).length);
		},
	});
	new Gauge({
		name: "smartcloudops_watch_last_scored_timestamp_seconds",
		help: "When each watch was scored last.",
		labelNames: ["watch"],
		registers: [registry],
		collect() {
			this.reset();
			for (const { watch, status } of board.readings())
				if (status.lastScoredAtMs !== undefined)
					this.set({ watch: watch.name }, status.lastScoredAtMs / 1000);
		},
	});
	return registry;
}
