import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import type { MetricsSource } from "../../ports/metrics-source.ts";
import { embeddedMetrics } from "./embedded-source.ts";
import { startHostLoop } from "./host/start-host-loop.ts";
import type { ScrapeTarget, TargetId, TargetStatus } from "./scrape/scrape-target.ts";
import { createScraper } from "./scrape/scraper.ts";
import { createSeriesStore } from "./store/series-store.ts";
import { restoreSnapshot, takeSnapshot } from "./store/snapshot.ts";
import type { SeriesStore, StoreLimits, StoreStats } from "./store/store-contract.ts";

/** What the built-in metrics are made of; everything but clock and logger has a default. */
export type EmbeddedMetricsOptions = {
	readonly clock: Clock;
	readonly logger: Logger;
	readonly scrapeTargets?: readonly ScrapeTarget[];
	/** Seconds from look to look at this host, 5 by default; 0 leaves the host out. */
	readonly hostIntervalSeconds?: number;
	readonly limits?: StoreLimits;
	/** A snapshot of an earlier run. A damaged one is ignored with a warning. */
	readonly restoreFrom?: Uint8Array;
};

type EmbeddedMetricsStats = StoreStats & { readonly targets: readonly TargetStatus[] };

/** The built-in metrics of one process. */
export type EmbeddedMetrics = {
	readonly source: MetricsSource;
	/** Scrapes a target from now on; one that is known by job and instance takes over the new settings. */
	readonly addTarget: (target: ScrapeTarget) => void;
	readonly removeTarget: (id: TargetId) => Promise<void>;
	readonly stats: () => EmbeddedMetricsStats;
	/** Everything held, for `restoreFrom` of the next run: some 2 bytes a sample, packed off the event loop. */
	readonly snapshot: () => Promise<Buffer>;
	/** Ends collecting and waits for what is under way. The source goes on answering. */
	readonly stop: () => Promise<void>;
};

const PRUNE_INTERVAL_MS = 60_000;

/** Starts collecting this host and scraping the targets into a bounded store, and answers PromQL over it. */
export async function startEmbeddedMetrics(options: EmbeddedMetricsOptions): Promise<EmbeddedMetrics> {
	const { clock, logger } = options;
	const store = await restoredStore(options);
	const scraper = createScraper({ store, clock, logger });
	for (const target of options.scrapeTargets ?? []) scraper.add(target);
	const hostIntervalSeconds = options.hostIntervalSeconds ?? 5;
	const host =
		hostIntervalSeconds > 0 ? startHostLoop({ store, clock, logger }, hostIntervalSeconds) : undefined;
	const pruning = setInterval(() => store.prune(clock.now()), PRUNE_INTERVAL_MS);
	pruning.unref();
	return {
		source: embeddedMetrics(store, clock),
		addTarget: scraper.add,
		removeTarget: scraper.remove,
		stats: () => ({ ...store.stats(), targets: scraper.targets() }),
		snapshot: () => takeSnapshot(store),
		stop: async () => {
			clearInterval(pruning);
			await Promise.all([host?.stop(), scraper.stop()]);
		},
	};
}

async function restoredStore({
	clock,
	logger,
	limits,
	restoreFrom,
}: EmbeddedMetricsOptions): Promise<SeriesStore> {
	const store = createSeriesStore(limits);
	if (!restoreFrom) return store;
	try {
		const restored = await restoreSnapshot(store, restoreFrom, clock.now());
		logger.info("metrics of the last run are back", restored);
		return store;
	} catch (error) {
		logger.warn("the snapshot of the metrics is damaged and was ignored; history starts anew", { error });
		return createSeriesStore(limits);
	}
}
