import { openPostgresStore } from "../../../src/adapters/postgres/open-postgres-store.ts";
import { silentLogger, type TestConnection } from "../../support/postgres.ts";

/** A process that takes a job of the database in its first argument, says so, and never finishes it. */
const connection = JSON.parse(process.argv[2] ?? "{}") as TestConnection;
const { jobs } = await openPostgresStore({ connection, logger: silentLogger });
await jobs.work("execute-approval", async ({ approvalId }) => {
	process.stdout.write(`${approvalId}\n`);
	await new Promise(() => undefined);
});
