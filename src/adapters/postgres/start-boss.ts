import type pg from "pg";
import { PgBoss } from "pg-boss";
import type { Logger } from "../../ports/logger.ts";
import { logSparingly } from "./log-sparingly.ts";
import { jobsSchema } from "./names.ts";
import { queueNames, queuePolicy, queueSettings, superviseSeconds } from "./queue-settings.ts";

/** The version of pg-boss' own tables that the installed pg-boss works with. */
export const jobsVersion = 43;

/** The version of pg-boss' tables in the database; undefined where there are none. */
export async function installedJobsVersion(pool: pg.Pool, logger: Logger): Promise<number | undefined> {
	const boss = makeBoss(pool, logger, false);
	return (await boss.isInstalled()) ? ((await boss.schemaVersion()) ?? undefined) : undefined;
}

/** Makes or upgrades pg-boss' tables. Idempotent; pg-boss' own lock serves several callers at once. */
export async function installJobs(pool: pg.Pool, logger: Logger): Promise<void> {
	const boss = makeBoss(pool, logger, false);
	await boss.start();
	await boss.stop({ graceful: false });
}

/** Starts pg-boss on our pool, with every queue as this program wants it. */
export async function startBoss(pool: pg.Pool, logger: Logger): Promise<PgBoss> {
	const boss = makeBoss(pool, logger, true);
	await boss.start();
	for (const name of queueNames) {
		await boss.createQueue(name, { policy: queuePolicy, ...queueSettings });
		await boss.updateQueue(name, queueSettings);
	}
	// What a killed process left is looked for at once, not after the first interval.
	await boss.supervise();
	return boss;
}

/** No schedules, flows, statistics or reindexing: each would poll for something that is not used. */
function makeBoss(pool: pg.Pool, logger: Logger, supervise: boolean): PgBoss {
	const hourSeconds = 3600;
	const boss = new PgBoss({
		db: { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) },
		schema: jobsSchema,
		schedule: false,
		supervise,
		superviseIntervalSeconds: superviseSeconds,
		monitorIntervalSeconds: superviseSeconds,
		maintenanceIntervalSeconds: hourSeconds,
		queueCacheIntervalSeconds: hourSeconds,
		flowIntervalSeconds: hourSeconds,
		bamIntervalSeconds: hourSeconds,
		reindex: false,
		monitorVacuum: false,
	});
	const complain = logSparingly(logger, 30_000);
	boss.on("error", (error) => complain("The job queue could not reach the store", { error }));
	boss.on("warning", (warning) => logger.warn("The job queue warns", { warning: warning.message }));
	return boss;
}
