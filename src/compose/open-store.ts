import { backUpEmbedded } from "../adapters/embedded-postgres/back-up-embedded.ts";
import { keepServing } from "../adapters/embedded-postgres/keep-serving.ts";
import { startEmbeddedPostgres } from "../adapters/embedded-postgres/start-embedded-postgres.ts";
import { migrate, pendingMigrations } from "../adapters/postgres/migrate.ts";
import { openPostgresStore, type PostgresStore } from "../adapters/postgres/open-postgres-store.ts";
import type { DatabaseRole } from "../adapters/postgres/roles/database-role.ts";
import { meetDatabase } from "../adapters/postgres/roles/meet-database.ts";
import type { DatabaseUser } from "../adapters/postgres/roles/read-database-user.ts";
import { isUnreachable } from "../adapters/postgres/to-store-error.ts";
import { AppError, toAppError } from "../domain/errors.ts";
import type { AuditVault } from "../ports/audit-vault.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";

export type OpenedStore = PostgresStore & {
	readonly kind: "embedded" | "postgres";
	/** Who this process is in a database of one's own. */
	readonly user?: DatabaseUser;
};

export type OpenStoreOptions = {
	readonly databaseUrl: string | undefined;
	/** What this process is to do: the user of DATABASE_URL must be able to do it. */
	readonly roles: readonly DatabaseRole[];
	readonly dataDir: string;
	readonly logger: Logger;
	readonly clock: Clock;
	/** What signs the audit and anchors it outside the database. */
	readonly vault: AuditVault;
};

const OWN_STORE_ENDED =
	"The product's own store ended and is started again; try again in a few seconds. If this stays, see postgres.log in DATA_DIR.";

/**
 * Opens the store at this version's schema: the database of DATABASE_URL, or the embedded one, which is copied before
 * each migration of existing data. A database of one's own is backed up by its owner, and migrated where it is ours.
 */
export async function openStore(options: OpenStoreOptions): Promise<OpenedStore> {
	const { databaseUrl, roles, dataDir, logger, clock, vault } = options;
	if (databaseUrl !== undefined) {
		const connection = { connectionString: databaseUrl };
		try {
			const { user, opener } = await meetDatabase({ connection, logger, roles });
			const opened = await openPostgresStore({ connection, logger, vault, opener });
			return { ...opened, kind: "postgres", user };
		} catch (error) {
			throw isUnreachable(error) ? notReached(databaseUrl, error) : error;
		}
	}
	let server = await startEmbeddedPostgres({ dataDir, logger });
	try {
		const plan = await pendingMigrations({ connection: server.connection, logger });
		if (plan.from !== undefined && plan.pending.length > 0) {
			await server.stop();
			const reason = `before ${plan.pending.join(", ")}`;
			await backUpEmbedded({ dataDir, reason, fromVersion: plan.from, nowMs: clock.now(), logger });
			server = await startEmbeddedPostgres({ dataDir, logger });
		}
		if (plan.pending.length > 0) await migrate({ connection: server.connection, logger });
		const { connection } = server;
		const opened = await openPostgresStore({ connection, logger, vault, unreachable: OWN_STORE_ENDED });
		const kept = keepServing(server, logger);
		return {
			...opened,
			kind: "embedded",
			close: async () => {
				await opened.close();
				await kept.stop();
			},
		};
	} catch (error) {
		await server.stop();
		throw error;
	}
}

/** Names the place, never the user or the password. */
function notReached(databaseUrl: string, cause: unknown): AppError {
	const { hostname, port, searchParams } = new URL(databaseUrl);
	const where = `${searchParams.get("host") ?? (hostname || "localhost")}:${port || "5432"}`;
	return new AppError(
		"unavailable",
		`The database of DATABASE_URL can't be reached at ${where}; check that it is running and that the address is right.`,
		{ detail: toAppError(cause).detail, cause },
	);
}
