import { DATABASE_ROLES, type DatabaseRole } from "../adapters/postgres/roles/database-role.ts";
import type { DatabaseUser } from "../adapters/postgres/roles/read-database-user.ts";
import type { CheckFinding } from "../domain/check-finding.ts";
import type { SelfCheck } from "../ports/self-check.ts";

/** Whether the process' user in a database of one's own can do more than the roles of the process need. */
export function checkDatabaseUser(user: DatabaseUser | undefined, roles: readonly DatabaseRole[]): SelfCheck {
	return { area: "store", run: async () => (user ? [judgeDatabaseUser(user, roles)] : []) };
}

/** Pure. */
export function judgeDatabaseUser(user: DatabaseUser, roles: readonly DatabaseRole[]): CheckFinding {
	const finding = { area: "store", name: "database user" } as const;
	const apart = roles.length < DATABASE_ROLES.length;
	if (user.isOwner)
		return {
			...finding,
			verdict: apart ? "warn" : "ok",
			text: apart
				? `${user.name} owns the database, so this process can do what the other roles do.`
				: `${user.name} owns the database: fine for one process with all roles.`,
			...(apart
				? {
						remedy:
							'Run "npm run database -- prepare", then start each process with the user of its role (docs/security.md).',
					}
				: {}),
		};
	const more = user.roles.filter(({ role, isHeld }) => isHeld && !roles.includes(role));
	if (more.length > 0)
		return {
			...finding,
			verdict: "warn",
			text: `${user.name} can also do what the role ${more.map(({ role }) => role).join(", ")} does.`,
			remedy: "Start this process with the user of its role (docs/security.md).",
		};
	return {
		...finding,
		verdict: "ok",
		text: `${user.name} can do what the role ${roles.join(", ")} does, and nothing else.`,
	};
}
