import type { Logger } from "../../../ports/logger.ts";
import { migrate, pendingMigrations } from "../migrate.ts";
import type { PostgresConnection } from "../open-pool.ts";
import type { BossStarter } from "../start-boss.ts";
import type { DatabaseRole } from "./database-role.ts";
import { worksQueues } from "./job-grants.ts";
import { type DatabaseUser, readDatabaseUser } from "./read-database-user.ts";
import { notThisVersion, requireRoles } from "./require-roles.ts";

export type MetDatabase = { readonly user: DatabaseUser; readonly opener: BossStarter };

/**
 * Makes sure that a database can be opened for some roles: its owner migrates it; any other user finds it prepared
 * for this version, with the rights of these roles, or is told what to do.
 * @throws AppErrors of `requireRoles` and `migrate`
 */
export async function meetDatabase(options: {
	readonly connection: PostgresConnection;
	readonly logger: Logger;
	readonly roles: readonly DatabaseRole[];
}): Promise<MetDatabase> {
	const { connection, logger, roles } = options;
	const user = await readDatabaseUser({ connection, logger });
	if (user.isOwner) {
		await migrate({ connection, logger });
		return { user, opener: { isOwner: true, worksQueues: true } };
	}
	requireRoles(user, roles);
	if ((await pendingMigrations({ connection, logger })).pending.length > 0) throw notThisVersion();
	return { user, opener: { isOwner: false, worksQueues: roles.some(worksQueues) } };
}
