import { hostname, platform } from "node:os";
import { performance } from "node:perf_hooks";
import type { Clock } from "../../../ports/clock.ts";
import type { Logger } from "../../../ports/logger.ts";
import { type Loop, startAlignedLoop } from "../aligned-loop.ts";
import { createSeriesSession, type Reading } from "../store/series-session.ts";
import type { SeriesStore } from "../store/store-contract.ts";
import { createLinuxCollector } from "./collect-linux.ts";
import { createPortableCollector } from "./collect-portable.ts";
import { HOST_METRICS, type HostMetric, type HostReading } from "./host-reading.ts";

export type HostLoopDeps = { readonly store: SeriesStore; readonly clock: Clock; readonly logger: Logger };

/**
 * Collects this host every `intervalSeconds` into the store, as job "node" and the host's name as instance, with the
 * `up` and `scrape_duration_seconds` that a scraped target has.
 */
export function startHostLoop({ store, clock, logger }: HostLoopDeps, intervalSeconds: number): Loop {
	const collect = platform() === "linux" ? createLinuxCollector() : createPortableCollector();
	const session = createSeriesSession(store);
	const report = createSeriesSession(store);
	const instance = hostname();
	for (const name of Object.keys(HOST_METRICS) as readonly HostMetric[]) {
		const [type, help] = HOST_METRICS[name];
		store.describe({ name, help, type });
	}

	const asReading = ({ name, labels, value }: Omit<HostReading, "name"> & { name: string }): Reading => ({
		key: `${name}\n${Object.values(labels).join("\n")}`,
		value,
		labels: () => ({ ...labels, __name__: name, job: "node", instance }),
	});

	return startAlignedLoop(clock, intervalSeconds * 1000, async (atMs) => {
		const started = performance.now();
		let up = 1;
		try {
			session.record(atMs, (await collect(clock.now())).map(asReading));
		} catch (error) {
			up = 0;
			session.end(atMs);
			logger.error("the host could not be read", { error });
		}
		const seconds = (performance.now() - started) / 1000;
		const values = Object.entries({ up, scrape_duration_seconds: seconds });
		report.record(
			atMs,
			values.map(([name, value]) => asReading({ name, labels: {}, value })),
		);
	});
}
