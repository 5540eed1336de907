import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { startEmbeddedPostgres } from "../../src/adapters/embedded-postgres/start-embedded-postgres.ts";
import { migrate } from "../../src/adapters/postgres/migrate.ts";
import { openPostgresStore, type PostgresStore } from "../../src/adapters/postgres/open-postgres-store.ts";
import type { Logger } from "../../src/ports/logger.ts";

/** A database of the test server. */
export type TestConnection = { readonly host: string; readonly user: string; readonly database: string };

export type TestDatabase = {
	readonly connection: TestConnection;
	/** Runs statements as the server's superuser, on a connection of their own. */
	readonly query: (text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;
};

export type TestStore = PostgresStore & Pick<TestDatabase, "connection" | "query">;

/** A logger that says nothing. */
export const silentLogger: Logger = {
	debug: () => undefined,
	info: () => undefined,
	warn: () => undefined,
	error: () => undefined,
	child: () => silentLogger,
};

/** A store over a fresh, migrated database. */
export async function openTestStore({ logger = silentLogger } = {}): Promise<TestStore> {
	const { connection, query } = await createTestDatabase();
	return { ...(await openReplica(connection, { logger })), connection, query };
}

/** Another store over a database, as a second replica has it. Closed at the end of the file if the test did not. */
export async function openReplica(
	connection: TestConnection,
	{ logger = silentLogger } = {},
): Promise<PostgresStore> {
	const opened = await openPostgresStore({ connection, logger, poolSize: 5 });
	toClose.push(opened);
	return opened;
}

const toClose: PostgresStore[] = [];
if (typeof afterAll === "function") afterAll(() => Promise.all(toClose.map((opened) => opened.close())));

/** A fresh database: with the product's tables, or empty. It goes with the server. */
export async function createTestDatabase({ empty = false } = {}): Promise<TestDatabase> {
	started ??= startServer();
	const server = await started;
	const connection = { ...server, database: `test_${randomBytes(6).toString("hex")}` };
	await runSql(server, `create database ${connection.database} template ${empty ? "template0" : template}`);
	return { connection, query: (text, values) => runSql(connection, text, values) };
}

const template = "store_template";
let started: Promise<TestConnection> | undefined;

/**
 * One server for each jest process, so that test files share the cost of making it. It outlives the file that
 * started it; a shell waits for the process to end and then stops the server and removes its folder.
 */
async function startServer(): Promise<TestConnection> {
	const folder = join(tmpdir(), `smartcloudops-test-${process.pid}`);
	const note = join(folder, "connection.json");
	if (existsSync(note)) return JSON.parse(await readFile(note, "utf8")) as TestConnection;
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder);
	await chmod(folder, 0o755);
	const server = await startEmbeddedPostgres({ dataDir: join(folder, "data"), logger: silentLogger });
	const { host } = server.connection;
	spawn("sh", ["-c", stopWithOwner, "sh", `${process.pid}`, `${server.pid}`, host, folder], {
		detached: true,
		stdio: "ignore",
	}).unref();
	await runSql(server.connection, `create database ${template}`);
	await migrate({ connection: { ...server.connection, database: template }, logger: silentLogger });
	await writeFile(note, JSON.stringify(server.connection));
	return server.connection;
}

const stopWithOwner = `
	while kill -0 "$1" 2>/dev/null; do sleep 0.5; done
	kill -INT "$2"
	while kill -0 "$2" 2>/dev/null; do sleep 0.1; done
	rm -rf "$3" "$4"`;

async function runSql(
	connection: TestConnection,
	text: string,
	values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
	const client = new Client(connection);
	await client.connect();
	try {
		return (await client.query<Record<string, unknown>>(text, [...values])).rows;
	} finally {
		await client.end();
	}
}
