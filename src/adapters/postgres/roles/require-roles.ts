import { AppError } from "../../../domain/errors.ts";
import { DATABASE_ROLES, type DatabaseRole, type RoleUsers } from "./database-role.ts";
import { grantsDigest } from "./grants-digest.ts";
import type { DatabaseUser } from "./read-database-user.ts";

const PREPARE =
	'run "npm run database -- prepare" with the DATABASE_URL of its owner and this version, then start again.';

/**
 * Whether a user that does not own the tables can do the work of some roles. Pure.
 * @throws AppError `unsupported` where the database is not prepared for this version, `forbidden` where a role is missing
 */
export function requireRoles(user: DatabaseUser, asked: readonly DatabaseRole[]): void {
	const { name, roles } = user;
	const [ingress, agent, executor] = DATABASE_ROLES.map((role) => roles.find((known) => known.role === role));
	if (!ingress || !agent || !executor)
		throw new AppError("unsupported", `The database is not prepared for the user ${name}; ${PREPARE}`);
	const users: RoleUsers = { ingress: ingress.name, agent: agent.name, executor: executor.name };
	const held = roles.filter(({ isHeld }) => isHeld).map(({ role }) => role);
	const missing = asked.filter((role) => !held.includes(role));
	if (missing.length > 0)
		throw new AppError(
			"forbidden",
			`The database user ${name} ${held.length === 0 ? "holds no role" : `holds ${rolesText(held)} alone`}, and this process is to run ${rolesText(asked)}; ${remedy(users, held, asked)}`,
		);
	if (roles.some(({ grants }) => grants !== grantsDigest(users))) throw notThisVersion();
}

/** The error of a database whose tables or grants are those of another version. */
export function notThisVersion(): AppError {
	return new AppError("unsupported", `The database is not of this version; ${PREPARE}`);
}

function remedy(users: RoleUsers, held: readonly DatabaseRole[], asked: readonly DatabaseRole[]): string {
	const names = asked.map((role) => users[role]).join(", ");
	const other =
		asked.length === 1
			? `use the user ${names}`
			: `use the owner of the database or a user that is a member of ${names}`;
	return held.length === 0 ? `${other}.` : `start it with --role ${held.join(",")}, or ${other}.`;
}

function rolesText(roles: readonly DatabaseRole[]): string {
	return `the role${roles.length === 1 ? "" : "s"} ${roles.join(", ")}`;
}
