import { randomBytes } from "node:crypto";
import type { PreparedUser } from "../adapters/postgres/roles/make-users.ts";
import { prepareDatabase } from "../adapters/postgres/roles/prepare-database.ts";
import { DatabaseConfig } from "../config/database-config.ts";
import { describeIssue, plainWords } from "../domain/describe-issue.ts";
import { AppError } from "../domain/errors.ts";
import type { Logger } from "../ports/logger.ts";

/**
 * Prepares the database of the environment for roles in processes of their own, and says in lines what was done.
 * A password that was made up stands in them, this once.
 * @throws AppError `invalid` with each problem of the environment, and those of `prepareDatabase`
 */
export async function prepareFromEnvironment(
	environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
	const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
	const config = DatabaseConfig.safeParse(given, { error: plainWords });
	if (!config.success)
		throw new AppError(
			"invalid",
			config.error.issues.map((issue) => describeIssue(issue, "the environment")).join("\n"),
		);
	const { data } = config;
	const prepared = await prepareDatabase({
		connection: data.DATABASE_URL,
		logger: silent,
		prefix: data.DATABASE_ROLE_PREFIX,
		passwords: {
			...(data.DATABASE_INGRESS_PASSWORD ? { ingress: data.DATABASE_INGRESS_PASSWORD } : {}),
			...(data.DATABASE_AGENT_PASSWORD ? { agent: data.DATABASE_AGENT_PASSWORD } : {}),
			...(data.DATABASE_EXECUTOR_PASSWORD ? { executor: data.DATABASE_EXECUTOR_PASSWORD } : {}),
		},
		randomBytes,
	});
	return [
		"The database is of this version, and each role has a user of its own:",
		...prepared.map(describeUser),
		"Start each process with --role, its user in DATABASE_URL and a DATA_DIR of its own. Run this again at each upgrade.",
	];
}

function describeUser({ role, name, made, password }: PreparedUser): string {
	const what = password === undefined ? (made ? "made" : "there already") : `made, password ${password}`;
	return `  ${role.padEnd(8)} ${name} (${what})`;
}

/** The lines that are printed say what was done; problems are thrown. */
const silent: Logger = {
	debug: () => undefined,
	info: () => undefined,
	warn: () => undefined,
	error: () => undefined,
	child: () => silent,
};
