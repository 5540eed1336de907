/** The roles that have a database user of their own. */
export const DATABASE_ROLES = ["ingress", "agent", "executor"] as const;
export type DatabaseRole = (typeof DATABASE_ROLES)[number];

/** The name of each role's database user. */
export type RoleUsers = Readonly<Record<DatabaseRole, string>>;

/** The users' names under a prefix: `<prefix>_ingress` and so on. */
export function roleUsers(prefix: string): RoleUsers {
	return { ingress: `${prefix}_ingress`, agent: `${prefix}_agent`, executor: `${prefix}_executor` };
}
