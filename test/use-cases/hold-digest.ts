import { openPostgresStore } from "../../src/adapters/postgres/open-postgres-store.ts";
import { DigestSection } from "../../src/domain/digest.ts";
import { sendDigest } from "../../src/use-cases/send-digest.ts";
import { createWatchBoard } from "../../src/use-cases/watch-board.ts";
import { alteredStore } from "../fakes/altered-store.ts";
import { silentLogger, type TestConnection } from "../support/postgres.ts";

/** A process that has claimed a digest's instant and ordered it, and hangs before the commit. */
const connection = JSON.parse(process.argv[2] ?? "{}") as TestConnection;
const { store } = await openPostgresStore({ connection, logger: silentLogger });
const hanging = alteredStore(store, (stores) => ({
	deliveries: {
		...stores.deliveries,
		want: async (orders) => {
			await stores.deliveries.want(orders);
			process.stdout.write(`claimed ${orders.length}\n`);
			await new Promise(() => setInterval(() => undefined, 60_000));
		},
	},
}));
await sendDigest(
	{
		store: hanging,
		board: createWatchBoard([]),
		logger: silentLogger,
		resolveChannels: () => [{ platform: "slack", id: "C1" }],
		hiddenIn: () => undefined,
	},
	{
		name: "daily",
		cron: "0 9 * * *",
		timeZone: "UTC",
		channels: ["ops"],
		content: DigestSection.options,
		periodHours: 24,
	},
	Number(process.argv[3]),
);
