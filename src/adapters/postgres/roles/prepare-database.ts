import type pg from "pg";
import { AppError } from "../../../domain/errors.ts";
import type { Logger } from "../../../ports/logger.ts";
import { migrate } from "../migrate.ts";
import { storeSchema } from "../names.ts";
import { openPool, type PostgresConnection } from "../open-pool.ts";
import { toStoreError } from "../to-store-error.ts";
import { DATABASE_ROLES, type RoleUsers, roleUsers } from "./database-role.ts";
import { dropPolicies, grantStatements, revokeStatements } from "./grant-statements.ts";
import { grantsDigest } from "./grants-digest.ts";
import { type MakeUsersOptions, makeUsers, type PreparedUser } from "./make-users.ts";
import { readDatabaseUser } from "./read-database-user.ts";
import { createRoleUsersTable, roleUsersTable } from "./role-users-table.ts";

export type PrepareDatabaseOptions = Omit<MakeUsersOptions, "users"> & {
	/** As the owner of the tables. */
	readonly connection: PostgresConnection;
	readonly logger: Logger;
	/** What the users' names begin with. */
	readonly prefix: string;
};

/**
 * Brings a database to this version and gives each role a user that can do what the role needs and nothing else.
 * Idempotent; run it again at each upgrade. Everything but the migration is one transaction.
 * @throws AppError `forbidden` (not the owner, or may not make users), `conflict` (a user is too mighty), those of `migrate`
 */
export async function prepareDatabase(options: PrepareDatabaseOptions): Promise<readonly PreparedUser[]> {
	const { connection, logger, prefix } = options;
	const users = roleUsers(prefix);
	const caller = await readDatabaseUser({ connection, logger });
	if (!caller.isOwner)
		throw new AppError(
			"forbidden",
			`${caller.name} does not own the tables; run this with the DATABASE_URL of their owner, ${caller.owner}.`,
		);
	await migrate({ connection, logger });
	const pool = openPool(connection, 1, logger);
	try {
		return await inTransaction(pool, async (client) => {
			await client.query("select pg_advisory_xact_lock(hashtext($1))", [storeSchema]);
			const prepared = await makeUsers(client, { ...options, users });
			await client.query(createRoleUsersTable);
			await client.query(dropPolicies);
			for (const statement of revokeStatements(await formerUsers(client, users)))
				await client.query(statement);
			for (const statement of grantStatements(users)) await client.query(statement);
			await client.query(`delete from ${roleUsersTable}`);
			for (const role of DATABASE_ROLES)
				await client.query(`insert into ${roleUsersTable} (role, user_name, grants) values ($1, $2, $3)`, [
					role,
					users[role],
					grantsDigest(users),
				]);
			return prepared;
		});
	} catch (error) {
		throw toStoreError(error);
	} finally {
		await pool.end();
	}
}

/** Those an earlier preparation under another prefix gave rights to. */
async function formerUsers(client: pg.ClientBase, users: RoleUsers): Promise<readonly string[]> {
	const { rows } = await client.query<{ name: string }>(
		`select user_name as name from ${roleUsersTable} join pg_catalog.pg_roles on rolname = user_name
		where user_name <> all ($1)`,
		[Object.values(users)],
	);
	return rows.map(({ name }) => name);
}

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
	const client = await pool.connect();
	try {
		await client.query("begin");
		const result = await work(client);
		await client.query("commit");
		return result;
	} finally {
		// Ending the connection takes back what was not committed.
		client.release(true);
	}
}
