import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Pool } from "pg";
import { keepServing } from "../../../src/adapters/embedded-postgres/keep-serving.ts";
import { startEmbeddedPostgres } from "../../../src/adapters/embedded-postgres/start-embedded-postgres.ts";
import { keepLogs, listServers, makeTestFolder, removeTestFolder } from "./run-store.ts";

let folder = "";
let dataDir = "";

beforeEach(async () => {
	folder = await makeTestFolder();
	dataDir = join(folder, "data");
});

afterEach(() => removeTestFolder(folder));

async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
	const deadline = performance.now() + 30_000;
	while (!(await holds())) {
		if (performance.now() > deadline) throw new Error(`${what} did not come`);
		await sleep(50);
	}
}

const ended = "The product's own store ended and is started again";
const back = "The product's own store is back";

test("a server that is killed comes back on the same socket with its rows, and a pool needs nothing new", async () => {
	const logs: string[] = [];
	const store = await startEmbeddedPostgres({ dataDir, logger: keepLogs(logs) });
	const kept = keepServing(store, keepLogs(logs));
	const pool = new Pool(store.connection);
	pool.on("error", () => undefined);
	await pool.query("create table note (text text)");
	await pool.query("insert into note values ('kept')");
	for (const time of [1, 2]) {
		const killed = store.pid;
		process.kill(killed, "SIGKILL");
		await until("the return", () => logs.filter((line) => line === back).length === time);
		expect(store.pid).not.toBe(killed);
		expect(listServers(folder)).toEqual([store.pid]);
		await until("the rows", () =>
			pool.query("select text from note").then(
				({ rows }) => rows.length === 1,
				() => false,
			),
		);
	}
	expect(logs.filter((line) => line === ended)).toHaveLength(2);
	await pool.end();
	await Promise.all([kept.stop(), kept.stop()]);
	expect(listServers(folder)).toEqual([]);
	expect(existsSync(store.connection.host)).toBe(false);
});

test("a server that is stopped on purpose stays stopped", async () => {
	const logs: string[] = [];
	const store = await startEmbeddedPostgres({ dataDir, logger: keepLogs(logs) });
	await keepServing(store, keepLogs(logs)).stop();
	expect(await store.serves()).toBe(false);
	expect(listServers(folder)).toEqual([]);
	expect(logs).not.toContain(ended);
});

test("a start that fails is tried again, and a store that is gone is not replaced by an empty one", async () => {
	const logs: string[] = [];
	const store = await startEmbeddedPostgres({ dataDir, logger: keepLogs(logs) });
	const kept = keepServing(store, keepLogs(logs));
	const cluster = join(dataDir, "postgres");
	await rename(cluster, `${cluster}-aside`);
	process.kill(store.pid, "SIGKILL");
	await until("a failed start", () =>
		logs.includes("The product's own store could not be started again; it is tried further"),
	);
	expect(existsSync(cluster)).toBe(false);
	await rename(`${cluster}-aside`, cluster);
	await until("the return", () => logs.includes(back));
	const client = new Client(store.connection);
	await client.connect();
	await client.end();
	await kept.stop();
});
