import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ScrapeTarget } from "../adapters/embedded-metrics/scrape/scrape-target.ts";
import { startEmbeddedMetrics } from "../adapters/embedded-metrics/start-embedded-metrics.ts";
import { prometheusMetrics } from "../adapters/prometheus/prometheus-metrics.ts";
import type { Config } from "../config.ts";
import { toAppError } from "../domain/errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";

const SAVE_EVERY_MS = 60_000;

export type OpenedMetrics = {
	readonly source: MetricsSource;
	/** Scrapes a service of this machine; does nothing where Prometheus does the scraping. */
	addTarget(target: ScrapeTarget): void;
	/** One sentence on each thing that is wrong with collecting. */
	problems(): readonly string[];
	stop(): Promise<void>;
};

export type OpenMetricsOptions = { readonly config: Config; readonly clock: Clock; readonly logger: Logger };

/**
 * The metrics of PROMETHEUS_URL, or else the embedded ones, whose history is written to the data folder every minute
 * and at the end, so that a start finds it again.
 */
export async function openMetrics({ config, clock, logger }: OpenMetricsOptions): Promise<OpenedMetrics> {
	if (config.PROMETHEUS_URL !== undefined) {
		const source = prometheusMetrics({
			url: config.PROMETHEUS_URL,
			...(config.PROMETHEUS_BEARER_TOKEN ? { bearerToken: config.PROMETHEUS_BEARER_TOKEN } : {}),
			...(config.PROMETHEUS_USERNAME ? { username: config.PROMETHEUS_USERNAME } : {}),
			...(config.PROMETHEUS_PASSWORD ? { password: config.PROMETHEUS_PASSWORD } : {}),
			...(config.PROMETHEUS_CA_FILE ? { caFile: config.PROMETHEUS_CA_FILE } : {}),
			...(config.PROMETHEUS_TENANT ? { tenant: config.PROMETHEUS_TENANT } : {}),
			tenantHeader: config.PROMETHEUS_TENANT_HEADER,
		});
		return { source, addTarget: () => undefined, problems: () => [], stop: async () => undefined };
	}
	const path = join(config.DATA_DIR, "metrics.snapshot");
	const restoreFrom = await readFile(path).catch(() => undefined);
	const { metrics: settings, scrape } = config.file;
	const embedded = await startEmbeddedMetrics({
		clock,
		logger,
		hostIntervalSeconds: settings.host_interval_seconds,
		limits: { maxSeries: settings.maximum_series, retentionMs: settings.retention_hours * 3_600_000 },
		scrapeTargets: scrape.map(({ job, url, interval_seconds }) => ({
			job,
			url,
			intervalSeconds: interval_seconds,
		})),
		...(restoreFrom ? { restoreFrom } : {}),
	});
	let saving: Promise<void> | undefined;
	const save = () => (saving ??= write(path, embedded.snapshot, logger).finally(() => (saving = undefined)));
	const timer = setInterval(() => void save(), SAVE_EVERY_MS);
	return {
		source: embedded.source,
		addTarget: embedded.addTarget,
		problems: () => {
			const { targets, refusedSeries } = embedded.stats();
			const down = targets.filter((target) => target.problem !== undefined);
			return [
				...down.map((target) => `The metrics of ${target.job} can't be read: the target ${target.problem}.`),
				...(refusedSeries > 0
					? [
							`${refusedSeries} series are not kept: the limit of ${settings.maximum_series} is reached; raise metrics.maximum_series or set PROMETHEUS_URL.`,
						]
					: []),
			];
		},
		stop: async () => {
			clearInterval(timer);
			await embedded.stop();
			await saving;
			await save();
		},
	};
}

/** Written beside and renamed, so that a kill leaves the last whole snapshot. */
async function write(path: string, snapshot: () => Promise<Buffer>, logger: Logger): Promise<void> {
	try {
		await writeFile(`${path}.new`, await snapshot(), { mode: 0o600 });
		await rename(`${path}.new`, path);
	} catch (error) {
		logger.warn("the history of the metrics could not be saved", { error: toAppError(error) });
	}
}
