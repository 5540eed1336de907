import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { clearLeftovers } from "../../../src/adapters/embedded-postgres/clear-leftovers.ts";
import { startEmbeddedPostgres } from "../../../src/adapters/embedded-postgres/start-embedded-postgres.ts";
import {
	isRoot,
	keepLogs,
	killHard,
	listServers,
	makeTestFolder,
	removeTestFolder,
	runStore,
	spawnStore,
} from "./run-store.ts";

let folder = "";
let dataDir = "";

beforeEach(async () => {
	folder = await makeTestFolder();
	dataDir = join(folder, "data");
});

afterEach(() => removeTestFolder(folder));

const insert = ["create table note (text text)", "insert into note values ('kept')"];
const read = ["select text from note"];
const kept = [{ text: "kept" }];

test("the first start creates the store and says so, the second finds what was written", async () => {
	const first = await runStore({ dataDir, sql: insert });
	expect(first.logs[0]).toBe("Creating the store (once)");
	expect(first.logs[1]).toMatch(/^Store ready in \d+ ms$/);
	expect(first.started).toMatchObject({ adopted: false, connection: { user: "smartcloudops" } });
	const second = await runStore({ dataDir, sql: read });
	expect(second.logs).toEqual([expect.stringMatching(/^Store ready in \d+ ms$/)]);
	expect(second.started?.rows).toEqual(kept);
	expect(listServers(folder)).toEqual([]);
});

test("the server is durable, closed to the network, and reached through a private folder that goes with it", async () => {
	const store = await startEmbeddedPostgres({ dataDir, logger: keepLogs() });
	const client = new Client(store.connection);
	await client.connect();
	const asked = await client.query(
		"select current_setting('fsync') as fsync, current_setting('listen_addresses') as addresses, current_setting('server_encoding') as encoding",
	);
	expect(asked.rows).toEqual([{ fsync: "on", addresses: "", encoding: "UTF8" }]);
	expect((await stat(store.connection.host)).mode & 0o777).toBe(0o700);
	expect((await stat(join(dataDir, "postgres"))).mode & 0o777).toBe(0o700);
	await client.end();
	await Promise.all([store.stop(), store.stop()]);
	expect(existsSync(store.connection.host)).toBe(false);
	expect(listServers(folder)).toEqual([]);
});

test("the server gets none of the product's environment", async () => {
	const env = { ...process.env, SLACK_BOT_TOKEN: "a-secret-of-the-product" };
	const run = await runStore({ dataDir, hold: true }, undefined, env);
	const environment = await readFile(`/proc/${run.started?.pid}/environ`, "utf8");
	expect(environment).toContain("LD_LIBRARY_PATH");
	expect(environment).not.toContain("a-secret-of-the-product");
	await killHard(run.child);
});

test("after kill -9 of the product its server is adopted and holds every row", async () => {
	const killed = await runStore({ dataDir, sql: insert, hold: true });
	await killHard(killed.child);
	expect(listServers(folder)).toEqual([killed.started?.pid]);
	const next = await runStore({ dataDir, sql: read });
	expect(next.started).toMatchObject({ adopted: true, pid: killed.started?.pid, rows: kept });
	expect(listServers(folder)).toEqual([]);
});

test("after kill -9 of product and server the store recovers", async () => {
	const killed = await runStore({ dataDir, sql: insert, hold: true });
	await killHard(killed.child);
	process.kill(killed.started?.pid ?? 0, "SIGKILL");
	const next = await runStore({ dataDir, sql: read });
	expect(next.started).toMatchObject({ adopted: false, rows: kept });
	expect(existsSync(killed.started?.connection.host ?? "")).toBe(false);
});

test("a server left behind that can no longer be reached is stopped before another starts", async () => {
	const killed = await runStore({ dataDir, sql: insert, hold: true });
	await killHard(killed.child);
	await rm(killed.started?.connection.host ?? "", { recursive: true });
	const next = await runStore({ dataDir, sql: read, hold: true });
	expect(next.started).toMatchObject({ adopted: false, rows: kept });
	expect(listServers(folder)).toEqual([next.started?.pid]);
	await killHard(next.child);
});

test("two products that start together on a new folder share one server", async () => {
	const runs = await Promise.all([runStore({ dataDir, hold: true }), runStore({ dataDir, hold: true })]);
	expect(runs.map((run) => run.failed)).toEqual([undefined, undefined]);
	expect(runs[0].started?.pid).toBe(runs[1].started?.pid);
	expect(listServers(folder)).toEqual([runs[0].started?.pid]);
	for (const run of runs) await killHard(run.child);
});

test("clearing leftovers leaves a server that runs, its file and its socket alone", async () => {
	const run = await runStore({ dataDir, hold: true });
	await clearLeftovers(join(dataDir, "postgres"), keepLogs());
	expect(listServers(folder)).toEqual([run.started?.pid]);
	expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(true);
	expect(existsSync(run.started?.connection.host ?? "")).toBe(true);
	await killHard(run.child);
});

test("a stale postmaster.pid whose pid now belongs to another program does not block", async () => {
	await runStore({ dataDir, sql: insert });
	const owner = isRoot ? { uid: 65_534, gid: 65_534 } : {};
	const foreign = spawn("sleep", ["60"], { cwd: "/", ...owner });
	await once(foreign, "spawn");
	const file = join(dataDir, "postgres", "postmaster.pid");
	await writeFile(file, `${foreign.pid}\n${join(dataDir, "postgres")}\n1\n5432\n/tmp\n\n\nready\n`);
	const next = await runStore({ dataDir, sql: read });
	expect(next.started).toMatchObject({ adopted: false, rows: kept });
	expect(foreign.exitCode).toBeNull();
	foreign.kill();
});

test("a creation cut short by kill -9 is made again, and nothing half-made stays", async () => {
	const cut = spawnStore({ dataDir });
	const lines = createInterface({ input: cut.stdout });
	const [line] = (await once(lines, "line")) as [string];
	expect(JSON.parse(line)).toEqual({ log: "Creating the store (once)" });
	while (!(await readdir(dataDir)).some((name) => name.startsWith("postgres.new-"))) await sleep(2);
	await killHard(cut);
	expect(await readdir(dataDir)).toEqual([expect.stringMatching(/^postgres\.new-/)]);
	const next = await runStore({ dataDir, sql: insert });
	expect(next.started).toMatchObject({ adopted: false });
	expect((await readdir(dataDir)).toSorted()).toEqual(["postgres", "postgres.log"]);
});

test("a data folder far deeper than a socket path may be long works", async () => {
	const deep = join(folder, "a folder with spaces, and a comma".repeat(4), "b".repeat(100), "c".repeat(100));
	await mkdir(deep, { recursive: true });
	const run = await runStore({ dataDir: deep, sql: insert });
	expect(run.started).toMatchObject({ adopted: false });
});

test("a store of another Postgres version is refused by name", async () => {
	await runStore({ dataDir });
	await writeFile(join(dataDir, "postgres", "PG_VERSION"), "17\n");
	const run = await runStore({ dataDir });
	expect(run.failed).toMatchObject({
		code: "unsupported",
		message: expect.stringContaining("is of Postgres 17, this version brings 18") as string,
	});
});

test("a data folder that cannot be a folder is said by its name", async () => {
	await writeFile(dataDir, "");
	const run = await runStore({ dataDir });
	expect(run.failed).toMatchObject({
		code: "forbidden",
		message: `The data folder ${dataDir} cannot be written; make it writable or set DATA_DIR to another folder.`,
	});
});
