import { chartRenderer } from "../adapters/charts/chart-renderer.ts";
import type { Investigator } from "../ports/investigator.ts";
import type { Shared } from "./build-shared.ts";
import { checkDatabaseUser } from "./check-database-user.ts";
import { alertRulesOf } from "./from-config.ts";
import type { IngressDeps } from "./ingress.ts";
import type { Ground } from "./open-ground.ts";
import type { processMetrics } from "./process-metrics.ts";
import type { ProductOptions } from "./product-options.ts";
import { selfChecks } from "./self-checks.ts";
import type { TrafficMetrics } from "./traffic-metrics.ts";

/** What the ingress is built from: what the roles share, and what only those who ask need. */
export function ingressDeps(
	ground: Ground,
	shared: Shared,
	{ config, roles, startedAtMs }: ProductOptions,
	own: {
		readonly version: string;
		readonly investigator: Investigator;
		readonly registry: ReturnType<typeof processMetrics>;
		readonly traffic: TrafficMetrics;
		readyInSeconds(): number;
	},
): IngressDeps {
	const { file } = config;
	const { store, jobs, logger, services, metrics, opened, embedded, dataDir, unknown, clock } = ground;
	const { parts, aws, connections } = shared;
	const { board, platforms, catalog, standingRules } = parts;
	const demo = services.demo !== undefined;
	return {
		...parts,
		connections,
		host: config.HOST,
		port: config.PORT,
		publicUrl: config.PUBLIC_URL,
		about: { version: own.version, environment: file.environment, demo, timeZone: file.time_zone },
		investigator: own.investigator,
		demo: services.demo,
		...(embedded ? { keptHours: file.metrics.retention_hours } : {}),
		registry: own.registry,
		traffic: own.traffic,
		charts: chartRenderer,
		alertmanagerToken: config.ALERTMANAGER_WEBHOOK_TOKEN,
		alerts: {
			store,
			jobs,
			logger,
			rules: alertRulesOf(file),
			knownTargets: async () => [
				...services.scraped.map((service) => service.name),
				...(await services.reader.listServices()).map((service) => service.target),
			],
		},
		checks: selfChecks({
			config,
			store,
			board,
			clock,
			startedAtMs,
			connections,
			dataDir,
			standingRules,
			aws,
			catalog,
			metrics: metrics.source,
			reader: services.reader,
			databaseUser: checkDatabaseUser(opened.user, roles),
		}),
		readiness: async () => [],
		firstRun: () => ({ startedInSeconds: own.readyInSeconds(), demo, broken: services.wasBroken() }),
		status: {
			store,
			board,
			startedAtMs,
			version: own.version,
			environment: file.environment,
			mode: opened.kind === "embedded" && embedded ? "embedded" : "connected",
			storeKind: opened.kind,
			metricsKind: metrics.source.kind,
			platforms: platforms.map((platform) => platform.name),
			readyInSeconds: () => own.readyInSeconds(),
			problems: () => [...metrics.problems(), ...services.problems(), ...unknown],
		},
	};
}
