import { openPostgresStore } from "../../../src/adapters/postgres/open-postgres-store.ts";
import { silentLogger, type TestConnection } from "../../support/postgres.ts";

/** A process that accepts an entry and claims a delivery of the database in its first argument, then only holds them. */
const connection = JSON.parse(process.argv[2] ?? "{}") as TestConnection;
const holdSeconds = Number(process.argv[3]);
const { store } = await openPostgresStore({ connection, logger: silentLogger });
const [id] = await store.inbox.accept(
	[{ platform: "slack", key: "held", payload: { n: 1 } }],
	"dead",
	holdSeconds,
);
const claimed = await store.deliveries.claim("dead", 10, holdSeconds, {});
process.stdout.write(`${id} ${claimed.length}\n`);
setInterval(() => undefined, 60_000);
