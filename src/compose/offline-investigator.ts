import { hostname } from "node:os";
import type { ReadStores, SkillDeps } from "../../skills/define-skill.ts";
import { createIncidentExplainer } from "../../skills/explain-incident.ts";
import type { Target } from "../../skills/metrics/target.ts";
import { createOfflineInvestigator } from "../agent/offline/offline-investigator.ts";
import type { Watch } from "../domain/watch.ts";
import type { AwsService } from "../ports/aws-reader.ts";
import type { Clock } from "../ports/clock.ts";
import type { LocalReader } from "../ports/cloud-reader.ts";
import type { IncidentExplainer } from "../ports/incident-explainer.ts";
import type { Investigator } from "../ports/investigator.ts";
import type { Logger } from "../ports/logger.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import type { ScrapedService } from "./build-watches.ts";

export type OfflineInvestigatorOptions = Pick<
	SkillDeps,
	"board" | "proposer" | "catalog" | "scrapeIntervalSeconds" | "keptHours"
> & {
	readonly store: ReadStores;
	readonly metrics: MetricsSource;
	readonly watches: readonly Watch[];
	readonly clock: Clock;
	readonly logger: Logger;
	readonly embedded: boolean;
	readonly environment: string;
	readonly services: readonly ScrapedService[];
	readonly reader: Pick<LocalReader, "listServices">;
	/** Services of the AWS account, which can be restarted. */
	readonly awsServices: readonly AwsService[];
};

/** Builds the investigator that works without a language model, and the explainer of incidents on the same skills. */
export function offlineInvestigator(options: OfflineInvestigatorOptions): {
	readonly investigator: Investigator;
	readonly explainer: IncidentExplainer;
} {
	const { store, watches, metrics, board, clock, logger } = options;
	const deps = {
		metrics,
		stores: {
			incidents: store.incidents,
			anomalies: store.anomalies,
			approvals: store.approvals,
			alerts: store.alerts,
		},
		board,
		proposer: options.proposer,
		catalog: options.catalog,
		watches: () => watches,
		inventory: () => inventory(options),
		scrapeIntervalSeconds: options.scrapeIntervalSeconds,
		...(options.keptHours === undefined ? {} : { keptHours: options.keptHours }),
		clock,
		logger,
	};
	return { investigator: createOfflineInvestigator(deps), explainer: createIncidentExplainer(deps) };
}

const MOST_WATCHED = 1000;
const HOST_WORDS = ["this machine", "this host", "the machine", "machine", "box", "server", "node"];

/** What questions may be about: what is measured, supervised or in AWS, and what only watches know. */
async function inventory(options: OfflineInvestigatorOptions): Promise<readonly Target[]> {
	const known = await measuredTargets(options);
	return [...known, ...watchedTargets(options, known)];
}

/** Targets of watches, and of their series, that are known from nowhere else; at most 1,000. */
function watchedTargets(
	{ watches, board, environment }: OfflineInvestigatorOptions,
	known: readonly Target[],
) {
	const names = new Set(known.flatMap(({ name, aliases }) => [name, ...aliases]));
	const watched = watches.flatMap((watch) =>
		"name" in watch.target
			? [{ name: watch.target.name, watch }]
			: (board.reading(watch.name)?.series ?? []).map(({ target }) => ({ name: target, watch })),
	);
	const found = new Map<string, Target>();
	for (const { name, watch } of watched) {
		if (names.has(name) || found.has(name) || found.size >= MOST_WATCHED) continue;
		const where = watch.environment || environment;
		found.set(name, { name, kind: "service", aliases: [], environment: where, onlyWatched: true });
	}
	return found.values();
}

/** The host or the hosts, every service with metrics, every supervised one and those of AWS. */
async function measuredTargets(options: OfflineInvestigatorOptions): Promise<readonly Target[]> {
	const { environment, services, reader } = options;
	const supervised = (await reader.listServices()).map((service) => ({
		name: service.target,
		environment: service.environment,
	}));
	const inAws = options.awsServices.map((service) => ({
		name: service.name,
		environment: service.environment ?? environment,
	}));
	const measured = options.embedded ? [] : await namesIn(options, "count by (job) (up)", "job");
	const own = [...services, ...supervised, ...inAws, ...measured.map((name) => ({ name, environment }))];
	const names = [...new Set(own.map((service) => service.name))];
	const known = names.map((name): Target => {
		const { environment: where } = own.find((service) => service.name === name) ?? { environment };
		return { name, kind: "service", aliases: [], environment: where };
	});
	if (options.embedded)
		return [
			...known,
			{ name: "host", kind: "host", aliases: [...HOST_WORDS, hostname().toLowerCase()], environment },
		];
	const hosts = await namesIn(options, "count by (instance) (node_load1)", "instance");
	return [
		...known,
		...hosts.map((name, index) => ({
			name,
			kind: "host" as const,
			aliases: [name.split(":")[0] ?? name, ...(index === 0 ? HOST_WORDS : [])],
			environment,
		})),
	];
}

/** The values of one label in a query's result now; none where Prometheus does not answer in two seconds. */
async function namesIn(
	{ metrics, clock }: OfflineInvestigatorOptions,
	query: string,
	label: string,
): Promise<readonly string[]> {
	const samples = await metrics.instant(query, clock.now(), { timeoutMs: 2000 }).catch(() => []);
	return samples.flatMap((sample) => (sample.labels[label] === undefined ? [] : [sample.labels[label]]));
}
