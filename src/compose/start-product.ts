import { rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { forecastLinear } from "../../models/forecast-linear.ts";
import { openAuditVault } from "../adapters/audit-vault/open-audit-vault.ts";
import { chartRenderer } from "../adapters/charts/chart-renderer.ts";
import { lockDataDir } from "../adapters/system/lock-data-dir.ts";
import { systemClock } from "../adapters/system/system-clock.ts";
import { createLogger } from "../adapters/system/winston-logger.ts";
import type { Config } from "../config.ts";
import type { Plan } from "../domain/plan.ts";
import type { CloudReader } from "../ports/cloud-reader.ts";
import { remediations } from "../remediations/registry.ts";
import { createEffectHolds } from "../use-cases/effect-holds.ts";
import { guardsFor } from "../use-cases/guards-for.ts";
import { proposeRemediation } from "../use-cases/propose-remediation.ts";
import { createWatchBoard } from "../use-cases/watch-board.ts";
import { ensureAdministrator, newSignInCode } from "./administrator.ts";
import { startAgent } from "./agent.ts";
import { boardBetweenProcesses } from "./board-between-processes.ts";
import { buildWatches } from "./build-watches.ts";
import { checkDatabaseUser } from "./check-database-user.ts";
import { type Closer, closeInOrder } from "./close-in-order.ts";
import { makeDataDir } from "./data-dir.ts";
import { startExecutor } from "./executor.ts";
import { alertRulesOf, digestsOf, guardsOf, maintenanceOf, standingRulesOf } from "./from-config.ts";
import { createIngress } from "./ingress.ts";
import { instanceId } from "./instance-id.ts";
import { offlineInvestigator } from "./offline-investigator.ts";
import { openAws } from "./open-aws.ts";
import { openChat } from "./open-chat.ts";
import { openMetrics } from "./open-metrics.ts";
import { openStore } from "./open-store.ts";
import { probePort } from "./probe-port.ts";
import { processMetrics } from "./process-metrics.ts";
import { productVersion } from "./product-version.ts";
import { remediationCatalog } from "./remediation-catalog.ts";
import { servicesHere, unknownHere, unneededSecrets } from "./roles-apart.ts";
import { selfChecks } from "./self-checks.ts";
import { startServices } from "./services.ts";
import { testFailpoint } from "./test-failpoint.ts";
import { sabotagedStore, sabotagedWriter } from "./test-sabotage.ts";
import { trafficMetrics } from "./traffic-metrics.ts";

export type Role = "ingress" | "agent" | "executor";

export type ProductOptions = {
	readonly config: Config;
	readonly roles: readonly Role[];
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Where readable lines go. */
	readonly terminal: NodeJS.WritableStream;
	/** When the process began, in Unix milliseconds. */
	readonly startedAtMs: number;
};

export type Product = {
	/** Where people reach it, and a link that signs the administrator in once; undefined without the ingress role. */
	readonly url: string | undefined;
	readonly signInLink: string | undefined;
	/** Where the administrator's key lies; undefined without the ingress role. */
	readonly keyFile: string | undefined;
	readonly readyInSeconds: number;
	/** Finishes what runs, saves every state and closes everything, within about fifteen seconds. */
	stop(): Promise<void>;
};

/** Builds and starts the roles asked for, in the order in which they need each other. AppErrors say what is in the way. */
export async function startProduct(options: ProductOptions): Promise<Product> {
	const closers: Closer[] = [];
	try {
		return await build(options, closers);
	} catch (error) {
		await closeInOrder(closers, undefined);
		throw error;
	}
}

async function build(
	{ config, roles, environment, terminal, startedAtMs }: ProductOptions,
	closers: Closer[],
): Promise<Product> {
	const { file } = config;
	const dataDir = resolve(config.DATA_DIR);
	const clock = systemClock;
	const failpoint = testFailpoint(environment);
	const version = productVersion();
	await makeDataDir(dataDir);
	const lock = await lockDataDir(dataDir);
	closers.push({ name: "data folder", close: () => lock.release() });
	if (roles.includes("ingress") && config.PORT !== 0) await probePort(config.HOST, config.PORT);
	const logger = createLogger({
		directory: join(dataDir, "logs"),
		level: config.LOG_LEVEL,
		retentionDays: config.LOG_RETENTION_DAYS,
		terminal,
	});
	closers.push({ name: "log", close: () => logger.close() });

	const vault = await openAuditVault({ dataDir, clock });
	const opened = await openStore({ databaseUrl: config.DATABASE_URL, roles, dataDir, logger, clock, vault });
	closers.push({ name: "store", close: () => opened.close() });
	const { jobs } = opened;
	const store = sabotagedStore(opened.store, environment);
	closers.push({ name: "jobs", close: () => jobs.stop(5) });
	const owner = await instanceId(dataDir);
	const isIngress = roles.includes("ingress");
	const administrator = isIngress ? await ensureAdministrator(store, dataDir, owner) : undefined;

	const metrics = await openMetrics({ config: { ...config, DATA_DIR: dataDir }, clock, logger });
	closers.push({ name: "metrics", close: () => metrics.stop() });
	const services = await startServices({
		file: servicesHere(file, roles, metrics.source.kind === "embedded"),
		dataDir,
		clock,
		logger,
		hostEnv: environment,
	});
	closers.push({ name: "services", close: () => services.stop() });
	services.scrapeWith((target) => metrics.addTarget(target));
	const unknown = unknownHere(file, roles);
	for (const sentence of unknown) logger.info(sentence);
	const unneeded = unneededSecrets(config.leftOut);
	if (unneeded) logger.warn(unneeded);

	const embedded = metrics.source.kind === "embedded";
	const watches = buildWatches(file, services.scraped, embedded);
	const board = createWatchBoard(watches);
	const aws = await openAws(config, { roles, clock });
	const reader: CloudReader = { local: services.reader, aws: aws?.reader };
	const catalog = remediationCatalog(remediations, reader);
	const maintenance = maintenanceOf(file);
	const holds = createEffectHolds(maintenance);
	const guardRules = guardsOf(file);
	const guards = ({ targets, environment }: Plan) =>
		guardsFor(
			guardRules,
			targets.map(({ name }) => name),
			environment,
		);
	const digests = digestsOf(file);
	const { connections, platforms, routing, rules } = await openChat({
		config,
		store,
		clock,
		logger,
		charts: chartRenderer,
	});
	const shared = {
		store,
		jobs,
		metrics: metrics.source,
		platforms,
		watches,
		logger,
		catalog,
		rules,
		holds,
		maintenance,
		guards,
		standingRules: standingRulesOf(file),
		routing,
		clock,
		board,
		digests,
		owner,
		failpoint,
	};

	const { investigator, explainer } = offlineInvestigator({
		...shared,
		embedded,
		environment: file.environment,
		services: services.scraped,
		reader: services.reader,
		scrapeIntervalSeconds: embedded ? file.metrics.scrape_interval_seconds : 15,
		proposer: {
			propose: ({ requester, ...input }) => {
				failpoint("tool-called");
				return proposeRemediation(shared, requester, input);
			},
		},
	});

	const registry = processMetrics(version, board);
	const traffic = trafficMetrics(registry);
	traffic.watchMessages(
		store.deliveries,
		platforms.map((platform) => platform.name),
	);
	if (roles.includes("executor")) {
		const executor = await startExecutor({
			...shared,
			reader,
			forecast: forecastLinear,
			writer: sabotagedWriter({ local: services.writer, aws: aws?.writer }, environment),
			remediations,
		});
		closers.push({ name: "executor", close: () => executor.stop() });
	}
	if (roles.includes("agent")) {
		const agent = await startAgent({
			...shared,
			explainer,
			countDelivery: traffic.delivered,
			prune: (age) => opened.prune(age),
		});
		closers.push({ name: "agent", close: () => agent.stop() });
	}
	const between = boardBetweenProcesses(shared, roles);
	closers.push({ name: "board", close: () => between.stop() });
	const readyInSeconds = () => readyAtMs / 1000;
	let readyAtMs = 0;
	let url: string | undefined;
	if (isIngress) {
		const http = await createIngress({
			...shared,
			host: config.HOST,
			port: config.PORT,
			publicUrl: config.PUBLIC_URL,
			about: {
				version,
				environment: file.environment,
				demo: services.demo !== undefined,
				timeZone: file.time_zone,
			},
			investigator,
			demo: services.demo,
			registry,
			traffic,
			charts: chartRenderer,
			connections,
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
				metrics: metrics.source,
				board,
				clock,
				startedAtMs,
				connections,
				reader: services.reader,
				dataDir,
				databaseUser: checkDatabaseUser(opened.user, roles),
				standingRules: shared.standingRules,
				aws,
				catalog,
			}),
			readiness: async () => [],
			firstRun: () => ({
				startedInSeconds: readyInSeconds(),
				demo: services.demo !== undefined,
				broken: services.wasBroken(),
			}),
			status: {
				store,
				board,
				version,
				mode: opened.kind === "embedded" && embedded ? "embedded" : "connected",
				environment: file.environment,
				startedAtMs,
				storeKind: opened.kind,
				metricsKind: metrics.source.kind,
				platforms: platforms.map((platform) => platform.name),
				readyInSeconds,
				problems: () => [...metrics.problems(), ...services.problems(), ...unknown],
			},
		});
		closers.push({ name: "http", close: () => http.stop(5) });
		url = await http.start();
		await writeRunning(dataDir, url, closers);
	}
	readyAtMs = clock.now() - startedAtMs;
	const address = url && (config.PUBLIC_URL ?? url);
	return {
		url: address,
		signInLink:
			administrator && address
				? `${address}/sign-in?code=${await newSignInCode(store, administrator.person)}`
				: undefined,
		keyFile: administrator?.keyFile,
		readyInSeconds: readyInSeconds(),
		stop: () => closeInOrder(closers, logger),
	};
}

/** Tells the commands of this folder where the running product is. */
async function writeRunning(dataDir: string, url: string, closers: Closer[]): Promise<void> {
	const path = join(dataDir, "running.json");
	await writeFile(path, JSON.stringify({ url, pid: process.pid }), { mode: 0o600 });
	closers.push({ name: "running file", close: () => rm(path, { force: true }) });
}
