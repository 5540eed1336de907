import type pg from "pg";
import { PgBoss } from "pg-boss";
import { AppError } from "../../domain/errors.ts";
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

/** Makes or upgrades pg-boss' tables, with every queue as this program wants it. Idempotent; one caller at a time. */
export async function installJobs(pool: pg.Pool, logger: Logger): Promise<void> {
	const boss = makeBoss(pool, logger, false);
	await boss.start();
	await makeQueues(boss);
	await boss.stop({ graceful: false });
}

/** Who starts pg-boss: the owner of its tables, or a user who takes them as they are and may work queues or not. */
export type BossStarter = { readonly isOwner: boolean; readonly worksQueues: boolean };

/**
 * Starts pg-boss on our pool; the owner has every queue as this program wants it. AppError `unsupported` where its
 * tables are not of this version.
 */
export async function startBoss(pool: pg.Pool, logger: Logger, starter: BossStarter): Promise<PgBoss> {
	if ((await installedJobsVersion(pool, logger)) !== jobsVersion)
		throw new AppError(
			"unsupported",
			"The database is not of this version; it must be migrated before it is opened.",
		);
	const boss = makeBoss(pool, logger, starter.worksQueues, starter.isOwner);
	try {
		// Before the start, which reads all queues: a send in a transaction must not need a second connection for it.
		if (starter.isOwner) await makeQueues(boss);
		await boss.start();
		// What a killed process left is looked for at once, not after the first interval.
		if (starter.worksQueues) await boss.supervise();
		return boss;
	} catch (error) {
		await boss.stop({ graceful: false });
		throw error;
	}
}

async function makeQueues(boss: PgBoss): Promise<void> {
	for (const name of queueNames) {
		await boss.createQueue(name, { policy: queuePolicy, ...queueSettings });
		await boss.updateQueue(name, queueSettings);
	}
}

/** No schedules, flows, statistics or reindexing: each would poll for something that is not used. */
function makeBoss(pool: pg.Pool, logger: Logger, supervise: boolean, migrate = true): PgBoss {
	const hourSeconds = 3600;
	const boss = new PgBoss({
		db: { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) },
		schema: jobsSchema,
		migrate,
		schedule: false,
		supervise,
		superviseIntervalSeconds: superviseSeconds,
		monitorIntervalSeconds: superviseSeconds,
		maintenanceIntervalSeconds: hourSeconds,
		queueCacheIntervalSeconds: hourSeconds,
		flowIntervalSeconds: hourSeconds,
		// Builds indexes that an upgrade of pg-boss put off.
		bamIntervalSeconds: 600,
		reindex: false,
		monitorVacuum: false,
	});
	const complain = logSparingly(logger, 30_000);
	boss.on("error", (error) => complain("The job queue could not reach the store", { error }));
	boss.on("warning", (warning) => logger.warn("The job queue warns", { warning: warning.message }));
	return boss;
}
