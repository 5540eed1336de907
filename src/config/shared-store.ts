const ALL_ROLES = 3;

/**
 * Why a process with some of the roles can't start without DATABASE_URL, as a sentence: the store it would start for
 * itself is one that no process with the other roles can reach. Undefined where nothing is in the way. Pure.
 */
export function withoutSharedStore(
	roles: readonly string[],
	databaseUrl: string | undefined,
): string | undefined {
	if (roles.length === ALL_ROLES || databaseUrl !== undefined) return undefined;
	return `--role ${roles.join(",")} needs DATABASE_URL, for the processes with the other roles must reach the same database; set it (docs/security.md).`;
}
