import { hostname } from "node:os";
import type { SkillDeps } from "../../skills/define-skill.ts";
import { createIncidentExplainer } from "../../skills/explain-incident.ts";
import type { Target } from "../../skills/metrics/target.ts";
import { createOfflineInvestigator } from "../agent/offline/offline-investigator.ts";
import type { Watch } from "../domain/watch.ts";
import type { Clock } from "../ports/clock.ts";
import type { IncidentExplainer } from "../ports/incident-explainer.ts";
import type { Investigator } from "../ports/investigator.ts";
import type { Logger } from "../ports/logger.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import type { Store } from "../ports/store.ts";
import type { ScrapedService } from "./build-watches.ts";

export type OfflineInvestigatorOptions = Pick<
	SkillDeps,
	"board" | "proposer" | "catalog" | "scrapeIntervalSeconds"
> & {
	readonly store: Store;
	readonly metrics: MetricsSource;
	readonly watches: readonly Watch[];
	readonly clock: Clock;
	readonly logger: Logger;
	readonly embedded: boolean;
	readonly environment: string;
	readonly services: readonly ScrapedService[];
};

/** Builds the investigator that works without a language model, and the explainer of incidents on the same skills. */
export function offlineInvestigator(options: OfflineInvestigatorOptions): {
	readonly investigator: Investigator;
	readonly explainer: IncidentExplainer;
} {
	const { store, watches, metrics, board, clock, logger } = options;
	const deps = {
		metrics,
		stores: { incidents: store.incidents, anomalies: store.anomalies, approvals: store.approvals },
		board,
		proposer: options.proposer,
		catalog: options.catalog,
		watches: () => watches,
		inventory: () => inventory(options),
		scrapeIntervalSeconds: options.scrapeIntervalSeconds,
		clock,
		logger,
	};
	return { investigator: createOfflineInvestigator(deps), explainer: createIncidentExplainer(deps) };
}

const HOST_WORDS = ["this machine", "this host", "the machine", "machine", "box", "server", "node"];

/** What questions may be about: this host or the hosts of Prometheus, and every service with metrics. */
async function inventory(options: OfflineInvestigatorOptions): Promise<readonly Target[]> {
	const { environment, services } = options;
	const known: Target[] = services.map(({ name, environment: own }) => ({
		name,
		kind: "service",
		aliases: [],
		environment: own,
	}));
	if (options.embedded)
		return [
			...known,
			{ name: "host", kind: "host", aliases: [...HOST_WORDS, hostname().toLowerCase()], environment },
		];
	const nowMs = options.clock.now();
	const hosts = await options.metrics
		.instant("count by (instance) (node_load1)", nowMs, { timeoutMs: 2000 })
		.catch(() => []);
	const jobs = await options.metrics
		.instant("count by (job) (http_requests_total)", nowMs, { timeoutMs: 2000 })
		.catch(() => []);
	const names = (samples: typeof hosts, label: string) =>
		samples.flatMap((sample) => (sample.labels[label] === undefined ? [] : [sample.labels[label]]));
	return [
		...known,
		...names(jobs, "job")
			.filter((name) => !known.some((target) => target.name === name))
			.map((name) => ({ name, kind: "service" as const, aliases: [], environment })),
		...names(hosts, "instance").map((name, index) => ({
			name,
			kind: "host" as const,
			aliases: [name.split(":")[0] ?? name, ...(index === 0 ? HOST_WORDS : [])],
			environment,
		})),
	];
}
