import { randomBytes } from "node:crypto";
import { Client, DatabaseError } from "pg";
import type { DatabaseRole } from "../../../src/adapters/postgres/roles/database-role.ts";
import { meetDatabase } from "../../../src/adapters/postgres/roles/meet-database.ts";
import { prepareDatabase } from "../../../src/adapters/postgres/roles/prepare-database.ts";
import { AppError } from "../../../src/domain/errors.ts";
import { createTestDatabase, silentLogger, type TestConnection } from "../../support/postgres.ts";

/** A prepared database of its own, with users of its own. */
export async function prepareTestDatabase() {
	const database = await createTestDatabase();
	const prefix = `t${randomBytes(5).toString("hex")}`;
	const prepare = (options: Partial<Parameters<typeof prepareDatabase>[0]> = {}) =>
		prepareDatabase({
			connection: database.connection,
			logger: silentLogger,
			prefix,
			passwords: {},
			randomBytes,
			...options,
		});
	const prepared = await prepare();
	const connectionAs = (role: DatabaseRole): TestConnection => ({
		...database.connection,
		user: `${prefix}_${role}`,
	});
	return { ...database, prefix, prepare, prepared, connectionAs };
}

export type PreparedTestDatabase = Awaited<ReturnType<typeof prepareTestDatabase>>;

/** What became of a statement: refused with its SQLSTATE, or done on so many rows. */
export type Tried = { readonly refused: string; readonly message: string } | { readonly rows: number };

/** Runs one statement as a user, in a transaction that is taken back. */
export async function tryAs(connection: TestConnection, text: string): Promise<Tried> {
	const client = new Client(connection);
	await client.connect();
	try {
		await client.query("begin");
		const { rowCount } = await client.query(text);
		return { rows: rowCount ?? 0 };
	} catch (error) {
		if (!(error instanceof DatabaseError)) throw error;
		return { refused: error.code ?? "", message: error.message };
	} finally {
		await client.end();
	}
}

/** The error's code and sentence that a promise fails with. */
export function sentenceOf(work: Promise<unknown>): Promise<string> {
	return work.then(
		() => "no error",
		(error: unknown) => (error instanceof AppError ? `${error.code}: ${error.message}` : String(error)),
	);
}

/** What a process with these roles is told at its start. */
export function meet(connection: TestConnection, roles: readonly DatabaseRole[]): Promise<string> {
	return sentenceOf(meetDatabase({ connection, logger: silentLogger, roles }));
}
