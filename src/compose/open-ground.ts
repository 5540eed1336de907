import { join, resolve } from "node:path";
import { openAuditVault } from "../adapters/audit-vault/open-audit-vault.ts";
import { lockDataDir } from "../adapters/system/lock-data-dir.ts";
import { systemClock } from "../adapters/system/system-clock.ts";
import { createLogger } from "../adapters/system/winston-logger.ts";
import { ensureAdministrator } from "./administrator.ts";
import type { Closer } from "./close-in-order.ts";
import { makeDataDir } from "./data-dir.ts";
import { instanceId } from "./instance-id.ts";
import { openMetrics } from "./open-metrics.ts";
import { openStore } from "./open-store.ts";
import { probePort } from "./probe-port.ts";
import type { ProductOptions } from "./product-options.ts";
import { servicesHere, unknownHere, unneededSecrets } from "./roles-apart.ts";
import { startServices } from "./services.ts";
import { testFailpoint } from "./test-failpoint.ts";
import { sabotagedStore } from "./test-sabotage.ts";

/** What everything else stands on: folder, log, store, metrics, the services of this machine. */
export type Ground = Awaited<ReturnType<typeof openGround>>;

/** Opens it in the order in which its parts need each other; each is closed by `closers`. AppErrors say what is in the way. */
export async function openGround(
	{ config, roles, environment, terminal }: ProductOptions,
	closers: Closer[],
) {
	const { file } = config;
	const dataDir = resolve(config.DATA_DIR);
	const clock = systemClock;
	await makeDataDir(dataDir);
	const lock = await lockDataDir(dataDir);
	closers.push({ name: "data folder", close: () => lock.release() });
	const isIngress = roles.includes("ingress");
	if (isIngress && config.PORT !== 0) await probePort(config.HOST, config.PORT);
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
	const administrator = isIngress ? await ensureAdministrator(store, dataDir, owner) : undefined;

	const metrics = await openMetrics({ config: { ...config, DATA_DIR: dataDir }, clock, logger });
	closers.push({ name: "metrics", close: () => metrics.stop() });
	const embedded = metrics.source.kind === "embedded";
	const services = await startServices({
		file: servicesHere(file, roles, embedded),
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
	return {
		dataDir,
		clock,
		logger,
		opened,
		store,
		jobs,
		owner,
		administrator,
		metrics,
		embedded,
		services,
		failpoint: testFailpoint(environment),
		/** What this process can't know because another has the role for it, one sentence each. */
		unknown,
	};
}
