import { detectorNames } from "../../models/registry.ts";
import type { FileConfig, WatchConfig } from "../config/file-config.ts";
import { AppError } from "../domain/errors.ts";
import type { Watch } from "../domain/watch.ts";
import { withScores } from "../use-cases/target-watch.ts";
import { hostWatches, serviceWatches } from "./default-watches.ts";

/** A service whose usual metrics are scraped here. */
export type ScrapedService = {
	readonly name: string;
	readonly environment: string;
	readonly restartable: boolean;
};

/**
 * The watches of this installation: the configured ones, and the default ones of the host and of each scraped service
 * that the configuration does not name itself.
 */
export function buildWatches(
	file: FileConfig,
	services: readonly ScrapedService[],
	embedded: boolean,
): readonly Watch[] {
	const configured = file.watches.map((watch) => toWatch(watch, file.environment));
	if (!file.default_watches) return configured;
	const hosts = hostWatches({
		environment: file.environment,
		intervalSeconds: embedded ? file.metrics.host_interval_seconds : 15,
		host: embedded ? "host" : undefined,
	});
	const ofServices = services.flatMap((service) =>
		serviceWatches({
			job: service.name,
			environment: service.environment,
			intervalSeconds: embedded ? file.metrics.scrape_interval_seconds : 15,
			restartable: service.restartable,
		}),
	);
	const taken = new Set(configured.map((watch) => watch.name));
	return [...configured, ...[...hosts, ...ofServices].filter((watch) => !taken.has(watch.name))];
}

function toWatch(watch: WatchConfig, environment: string): Watch {
	if (watch.detector && !detectorNames.includes(watch.detector))
		throw new AppError(
			"invalid",
			`The watch ${watch.name} names an unknown detector; use ${detectorNames.join(", ")}.`,
		);
	return withScores({
		name: watch.name,
		metric: watch.metric,
		kind: watch.kind,
		query: watch.query,
		unit: watch.unit,
		intervalSeconds: watch.interval_seconds,
		target: watch.target,
		environment: watch.environment ?? environment,
		direction: watch.direction,
		minimumChange: watch.minimum_change,
		sensitivity: watch.sensitivity,
		...(watch.detector ? { detector: watch.detector } : {}),
		forSeconds: watch.for_seconds,
		maximumSeverity: watch.maximum_severity,
		...(watch.limit ? { limit: watch.limit } : {}),
		...(watch.floor === undefined ? {} : { floor: watch.floor }),
		...(watch.ceiling === undefined ? {} : { ceiling: watch.ceiling }),
		...(watch.remediation ? { remediation: watch.remediation } : {}),
	});
}
