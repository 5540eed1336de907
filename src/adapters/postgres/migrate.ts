import { Kysely, PostgresDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import type pg from "pg";
import { AppError } from "../../domain/errors.ts";
import type { Logger } from "../../ports/logger.ts";
import { guardPool } from "./guard-pool.ts";
import { migrations } from "./migrations/migrations.ts";
import { storeSchema } from "./names.ts";
import { openPool, type PostgresConnection } from "./open-pool.ts";
import { installedJobsVersion, installJobs, jobsVersion } from "./start-boss.ts";
import { toStoreError } from "./to-store-error.ts";

export type MigrateOptions = { readonly connection: PostgresConnection; readonly logger: Logger };

/** What a start would change. Nothing is pending where `pending` is empty; a new database has no `from`. */
export type PendingMigrations = {
	/** The last migration the database has. */
	readonly from?: string;
	/** The last migration this program has. */
	readonly to: string;
	readonly pending: readonly string[];
};

/**
 * Tells which migrations `migrate` would run, and changes nothing. Make a backup first where `from` is set.
 * AppErrors: `unsupported` where the database is newer than this program, `unavailable`.
 */
export function pendingMigrations(options: MigrateOptions): Promise<PendingMigrations> {
	return withMigrator(options, async (migrator, pool) => {
		const known = await migrator.getMigrations();
		const done = known.filter((migration) => migration.executedAt !== undefined);
		const pending = known.filter((migration) => migration.executedAt === undefined);
		const to = known.at(-1)?.name ?? "none";
		const from = done.at(-1)?.name;
		const jobs = await installedJobsVersion(pool, options.logger);
		const jobsPending = jobs === jobsVersion ? [] : [`jobs-${jobsVersion}`];
		return {
			...(from === undefined ? {} : { from }),
			to,
			pending: [...pending.map((migration) => migration.name), ...jobsPending],
		};
	});
}

/**
 * Brings the database to this program's version; returns the names of what ran. Several replicas may call it at
 * once: a lock in the database lets one work and the others find it done. All or nothing for the tables.
 * AppErrors as `pendingMigrations`.
 */
export function migrate(options: MigrateOptions): Promise<readonly string[]> {
	return withMigrator(options, (migrator, pool) =>
		withLock(pool, async () => {
			const { error, results } = await migrator.migrateToLatest();
			if (error !== undefined) throw error;
			await installJobs(pool, options.logger);
			const ran = (results ?? []).map((result) => result.migrationName);
			if (ran.length > 0) options.logger.info("The store was migrated", { migrations: ran });
			return ran;
		}),
	);
}

/** Runs `work` while no other process does; the lock goes with the connection, so a killed process frees it. */
async function withLock<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T> {
	const client = await pool.connect();
	try {
		await client.query("select pg_advisory_lock(hashtext($1))", [storeSchema]);
		return await work();
	} finally {
		client.release(true);
	}
}

/** A backup of this version, or the newer program, is what helps; running on would corrupt what it wrote. */
async function refuseNewerDatabase(db: Kysely<unknown>, jobs: number | undefined): Promise<void> {
	const { rows: tables } = await sql<{ name: string | null }>`
		select to_regclass(${`${storeSchema}.migrations`})::text as name`.execute(db);
	const { rows } =
		tables[0]?.name == null
			? { rows: [] }
			: await sql<{ name: string }>`select name from ${sql.table(`${storeSchema}.migrations`)}`.execute(db);
	const unknown = rows.map((row) => row.name).filter((name) => !(name in migrations));
	if (unknown.length === 0 && (jobs ?? 0) <= jobsVersion) return;
	throw new AppError(
		"unsupported",
		"The database was made by a newer version of SmartCloudOps; start that version, or restore the backup made before it.",
		{ detail: `unknown migrations: ${unknown.join(", ") || "none"}; job tables: ${jobs}` },
	);
}

async function withMigrator<T>(
	{ connection, logger }: MigrateOptions,
	work: (migrator: Migrator, pool: pg.Pool) => Promise<T>,
): Promise<T> {
	const pool = openPool(connection, 3, logger);
	const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: guardPool(pool) }) });
	const migrator = new Migrator({
		db,
		provider: { getMigrations: async () => migrations },
		migrationTableSchema: storeSchema,
		migrationTableName: "migrations",
		migrationLockTableName: "migration_lock",
	});
	try {
		await refuseNewerDatabase(db, await installedJobsVersion(pool, logger));
		return await work(migrator, pool);
	} catch (error) {
		throw toStoreError(error);
	} finally {
		await pool.end();
	}
}
