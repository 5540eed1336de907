// A product for the tests: starts the store by the options in argv[2] (JSON), says what happened as JSON lines,
// runs the statements of `sql`, and with `hold` stays until it is killed, else stops the store.
import { Client } from "pg";
import { startEmbeddedPostgres } from "../../../src/adapters/embedded-postgres/start-embedded-postgres.ts";
import { AppError } from "../../../src/domain/errors.ts";
import type { Logger } from "../../../src/ports/logger.ts";

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const { sql, hold, ...options } = JSON.parse(process.argv[2] ?? "{}");
const log = (message: string) => say({ log: message });
const logger: Logger = { debug: log, info: log, warn: log, error: log, child: () => logger };

try {
	const store = await startEmbeddedPostgres({ ...options, logger });
	const client = new Client(store.url);
	client.on("error", () => undefined);
	await client.connect();
	const rows: unknown[] = [];
	for (const statement of sql ?? []) rows.push(...(await client.query(statement)).rows);
	const { pid, adopted, connection } = store;
	say({ started: { pid, adopted, connection, rows } });
	if (hold) setInterval(() => undefined, 60_000);
	else {
		await client.end();
		await store.stop();
		say({ stopped: true });
	}
} catch (error) {
	const { code, message, detail } = error instanceof AppError ? error : { code: "", message: String(error) };
	say({ failed: { code, message, detail } });
}
