import { chmod, cp, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { backUpEmbedded } from "../../../src/adapters/embedded-postgres/back-up-embedded.ts";
import { keepLogs, killHard, makeTestFolder, removeTestFolder, runStore } from "./run-store.ts";

let folder = "";
let dataDir = "";

beforeEach(async () => {
	folder = await makeTestFolder();
	dataDir = join(folder, "data");
});

afterEach(() => removeTestFolder(folder));

const day = Date.UTC(2026, 0, 2, 3, 4, 5);
const backUp = (nowMs = day, fromVersion = "0007") =>
	backUpEmbedded({ dataDir, reason: "before migrations", fromVersion, nowMs, logger: keepLogs() });
const insert = ["create table note (text text)", "insert into note values ('kept')"];

test("a backup put in place of the store brings its rows back", async () => {
	await runStore({ dataDir, sql: insert });
	const path = await backUp();
	expect(path).toBe(join(dataDir, "backups", "2026-01-02T03-04-05-000Z-from-0007"));
	expect(JSON.parse(await readFile(join(path ?? "", "backup.json"), "utf8"))).toEqual({
		reason: "before migrations",
		fromVersion: "0007",
		takenAt: "2026-01-02T03:04:05.000Z",
	});
	await runStore({ dataDir, sql: ["drop table note"] });
	await rm(join(dataDir, "postgres"), { recursive: true });
	await cp(join(path ?? "", "postgres"), join(dataDir, "postgres"), { recursive: true });
	await chmod(join(dataDir, "postgres"), 0o755);
	const run = await runStore({ dataDir, sql: ["select text from note"] });
	expect(run.started?.rows).toEqual([{ text: "kept" }]);
});

test("nobody else may read a backup", async () => {
	await runStore({ dataDir });
	const path = (await backUp()) ?? "";
	expect((await stat(join(path, ".."))).mode & 0o077).toBe(0);
	expect((await stat(path)).mode & 0o077).toBe(0);
});

test("a running store is not copied", async () => {
	const run = await runStore({ dataDir, hold: true });
	await expect(backUp()).rejects.toMatchObject({ code: "conflict" });
	await killHard(run.child);
	await expect(backUp()).rejects.toMatchObject({ code: "conflict" });
});

test("the newest three stay, the one just made among them even when the clock went back", async () => {
	await runStore({ dataDir });
	for (const minute of [1, 2, 3, 4]) await backUp(day + minute * 60_000, `v ${minute}/x`);
	await backUp(day - 60_000, "late");
	expect((await readdir(join(dataDir, "backups"))).toSorted()).toEqual([
		"2026-01-02T03-03-05-000Z-from-late",
		"2026-01-02T03-07-05-000Z-from-v-3-x",
		"2026-01-02T03-08-05-000Z-from-v-4-x",
	]);
});

test("there is nothing to back up before the first start", async () => {
	expect(await backUp()).toBeUndefined();
});
