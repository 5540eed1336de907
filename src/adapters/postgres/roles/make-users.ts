import type pg from "pg";
import { DatabaseError } from "pg";
import { AppError } from "../../../domain/errors.ts";
import { DATABASE_ROLES, type DatabaseRole, type RoleUsers } from "./database-role.ts";
import { quoteName } from "./grant-statements.ts";
import { scramVerifier } from "./scram-verifier.ts";

/** A role's user after the preparation; `password` only where it was made up just now. */
export type PreparedUser = {
	readonly role: DatabaseRole;
	readonly name: string;
	readonly made: boolean;
	readonly password?: string;
};

export type MakeUsersOptions = {
	readonly users: RoleUsers;
	/** For users without one here: a new user gets a random one, a known one keeps its own. */
	readonly passwords: Readonly<Partial<Record<DatabaseRole, string>>>;
	readonly randomBytes: (size: number) => Buffer;
};

/**
 * Makes the users that are missing and sets the given passwords. Idempotent.
 * @throws AppError `forbidden` where the caller may not make users, `conflict` where one can do more than its role
 */
export async function makeUsers(
	client: pg.ClientBase,
	{ users, passwords, randomBytes }: MakeUsersOptions,
): Promise<readonly PreparedUser[]> {
	const prepared: PreparedUser[] = [];
	for (const role of DATABASE_ROLES) {
		const name = users[role];
		const made = !(await isKnown(client, name));
		const madeUp = made && passwords[role] === undefined ? randomBytes(24).toString("base64url") : undefined;
		const password = passwords[role] ?? madeUp;
		const verifier = password === undefined ? undefined : scramVerifier(password, randomBytes(16));
		const set = verifier === undefined ? "" : ` password '${verifier}'`;
		if (made || set !== "")
			await client
				.query(`${made ? "create" : "alter"} role ${quoteName(name)} login${set}`)
				.catch((error: unknown) => {
					throw mayNotMake(error, users);
				});
		await refuseMighty(client, name);
		prepared.push({ role, name, made, ...(madeUp === undefined ? {} : { password: madeUp }) });
	}
	return prepared;
}

async function isKnown(client: pg.ClientBase, name: string): Promise<boolean> {
	const { rows } = await client.query("select from pg_catalog.pg_roles where rolname = $1", [name]);
	return rows.length > 0;
}

/** Grants bind only who is nothing else: no superuser, no maker of users, and a member of no other role. */
async function refuseMighty(client: pg.ClientBase, name: string): Promise<void> {
	const { rows } = await client.query<{ problem: string | null }>(
		`select coalesce(
			case
				when rolsuper then 'it is a superuser'
				when rolcreaterole then 'it may make users'
				when rolbypassrls then 'it ignores the security of rows'
				when rolreplication then 'it may copy the whole database'
				when rolcreatedb then 'it may make databases'
			end,
			(select 'it is a member of ' || string_agg(given.rolname, ', ' order by given.rolname)
				from pg_catalog.pg_auth_members as member join pg_catalog.pg_roles as given on given.oid = member.roleid
				where member.member = known.oid)
		) as problem from pg_catalog.pg_roles as known where rolname = $1`,
		[name],
	);
	const problem = rows[0]?.problem ?? undefined;
	if (problem === undefined) return;
	throw new AppError(
		"conflict",
		`The database user ${name} can do more than its role: ${problem}. Take that from it, or set DATABASE_ROLE_PREFIX to have other users made.`,
	);
}

function mayNotMake(error: unknown, users: RoleUsers): unknown {
	if (!(error instanceof DatabaseError) || error.code !== "42501") return error;
	const names = Object.values(users).join(", ");
	return new AppError(
		"forbidden",
		`The user of DATABASE_URL may not make users or set passwords; have an administrator of the database make ${names} (create role ... login password ...), and run this again without passwords.`,
		{ detail: error.message, cause: error },
	);
}
