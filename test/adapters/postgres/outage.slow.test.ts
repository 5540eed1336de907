import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { openPostgresStore } from "../../../src/adapters/postgres/open-postgres-store.ts";
import type { Change } from "../../../src/ports/store.ts";
import { openTestStore, silentLogger, type TestConnection } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";
import { codeOf, makeEvent } from "./samples.ts";

/** A network between a store and its database that can be cut and mended on the same port. */
async function openNetwork({ host }: TestConnection) {
	const sockets = new Set<Socket>();
	const relay = createServer((near) => {
		const far = createConnection(join(host, ".s.PGSQL.5432"));
		for (const [from, to] of [
			[near, far],
			[far, near],
		] as const) {
			sockets.add(from);
			from.on("error", () => to.destroy());
			from.on("close", () => {
				sockets.delete(from);
				to.destroy();
			});
			from.pipe(to);
		}
	});
	const listen = async (port: number) => {
		relay.listen(port, "127.0.0.1");
		await once(relay, "listening");
		const address = relay.address();
		return typeof address === "object" && address ? address.port : 0;
	};
	const port = await listen(0);
	return {
		port,
		cut: () => {
			relay.close();
			for (const socket of sockets) socket.destroy();
		},
		mend: () => listen(port),
	};
}

test("through an outage the store says so, loses nothing that was committed, and goes on by itself", async () => {
	const near = await openTestStore();
	const network = await openNetwork(near.connection);
	const { user, database } = near.connection;
	const connection = { host: "127.0.0.1", port: network.port, user, database };
	const far = await openPostgresStore({ connection, logger: silentLogger });
	const heard: Change[] = [];
	const done: string[] = [];
	far.store.subscribe((change) => heard.push(change));
	await far.jobs.work("publish-incident", async ({ incidentId }) => void done.push(incidentId));
	await far.store.audit.append(makeEvent("before"));

	network.cut();
	expect(await codeOf(far.store.audit.append(makeEvent("during")))).toBe("unavailable");
	expect(await codeOf(far.store.transaction((stores) => stores.now()))).toBe("unavailable");
	expect(await far.store.problem()).toEqual(expect.stringContaining("can't be reached"));
	await near.store.enqueue("publish-incident", { incidentId: "INC-1" });

	await network.mend();
	await until(async () => (await far.store.problem()) === undefined);
	await far.store.audit.append(makeEvent("after"));
	await until(() => done.length === 1 && heard.some((change) => change.id === "reconnected"));
	expect(await far.store.audit.verify()).toMatchObject({ ok: true, records: 2 });
	await near.store.announce({ kind: "watch", id: "memory" });
	await until(() => heard.some((change) => change.id === "memory"));
	await far.close();
	network.cut();
});

test("closing works while the database is away", async () => {
	const near = await openTestStore();
	const network = await openNetwork(near.connection);
	const { user, database } = near.connection;
	const connection = { host: "127.0.0.1", port: network.port, user, database };
	const far = await openPostgresStore({ connection, logger: silentLogger });
	await far.jobs.work("publish-incident", async () => undefined);
	network.cut();
	await far.close();
	await far.close();
	expect(await near.store.problem()).toBeUndefined();
});
