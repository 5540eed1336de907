import type { z } from "zod";
import type { StatusView } from "./api-schema.ts";
import { isoTime, optionalTime } from "./iso-time.ts";
import { oneDecimal } from "./one-decimal.ts";
import type { StatusReading } from "./rest-deps.ts";

/** How the installation is, as the interface shows it. */
export function statusView(status: StatusReading): z.input<typeof StatusView> {
	const { version, mode, environment, readyInSeconds, platforms, store, metrics, problems } = status;
	return {
		version,
		mode,
		environment,
		startedAt: isoTime(status.startedAtMs),
		readyInSeconds: oneDecimal(readyInSeconds),
		watches: status.watches.map((watch) => ({
			name: watch.name,
			state: watch.state,
			progress: watch.progress,
			samples: watch.samples,
			samplesNeeded: watch.samplesNeeded,
			series: watch.seriesCount,
			...optionalTime("lastScoredAt", watch.lastScoredAtMs),
			...(watch.problem === undefined ? {} : { problem: watch.problem }),
		})),
		platforms: [...platforms],
		store,
		metrics: { kind: metrics.kind, ...optionalTime("newestSampleAt", metrics.newestSampleAtMs) },
		problems: [...problems],
	};
}
