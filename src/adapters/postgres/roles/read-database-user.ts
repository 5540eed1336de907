import type pg from "pg";
import type { Logger } from "../../../ports/logger.ts";
import { storeSchema } from "../names.ts";
import { openPool, type PostgresConnection } from "../open-pool.ts";
import { toStoreError } from "../to-store-error.ts";
import type { DatabaseRole } from "./database-role.ts";
import { roleUsersTable } from "./role-users-table.ts";

/** Who we are in the database. */
export type DatabaseUser = {
	readonly name: string;
	/** Whether the tables are ours to change, or there are none yet. */
	readonly isOwner: boolean;
	/** Who owns the tables. */
	readonly owner: string;
	/** The users the database was prepared for, and whether we have their rights; empty where it was not prepared. */
	readonly roles: readonly RoleUser[];
};

type RoleUser = {
	readonly role: DatabaseRole;
	readonly name: string;
	readonly isHeld: boolean;
	/** The digest of what it was granted. */
	readonly grants: string;
};

/** Reads who the connection's user is, and which roles it holds. AppErrors as the store's. */
export async function readDatabaseUser(options: {
	readonly connection: PostgresConnection;
	readonly logger: Logger;
}): Promise<DatabaseUser> {
	const pool = openPool(options.connection, 1, options.logger);
	try {
		const { rows } = await pool.query<DatabaseUser & { readonly mayLook: boolean }>(
			`select current_user::text as name,
				coalesce(pg_has_role(current_user, nspowner, 'usage'), true) as "isOwner",
				coalesce(pg_get_userbyid(nspowner), current_user)::text as owner,
				coalesce(has_schema_privilege(schema.oid, 'usage'), false) as "mayLook"
			from (select) as us left join pg_catalog.pg_namespace as schema on nspname = $1`,
			[storeSchema],
		);
		const [row] = rows;
		if (!row) return { name: "", isOwner: false, owner: "", roles: [] };
		const { name, isOwner, owner, mayLook } = row;
		return { name, isOwner, owner, roles: mayLook ? await readRoles(pool) : [] };
	} catch (error) {
		throw toStoreError(error);
	} finally {
		await pool.end();
	}
}

async function readRoles(pool: pg.Pool): Promise<readonly RoleUser[]> {
	const { rows: tables } = await pool.query<{ known: boolean }>(
		"select coalesce(has_table_privilege(to_regclass($1)::oid, 'select'), false) as known",
		[roleUsersTable],
	);
	if (!tables[0]?.known) return [];
	const { rows } = await pool.query<RoleUser>(
		`select role, user_name as name, pg_has_role(current_user, rolname, 'usage') as "isHeld", grants
		from ${roleUsersTable} join pg_catalog.pg_roles on rolname = user_name order by role`,
	);
	return rows;
}
