import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { lockDataDir } from "../../../src/adapters/system/lock-data-dir.ts";

const starter = fileURLToPath(new URL("./hold-lock.ts", import.meta.url));
const children: ChildProcess[] = [];
let dataDir = "";

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "lock-test-"));
});

afterEach(async () => {
	for (const child of children.splice(0)) child.kill("SIGKILL");
	await rm(dataDir, { recursive: true, force: true });
});

type Said = { pid: number; locked: boolean; code?: string };

async function start(): Promise<{ child: ChildProcess; said: Said }> {
	const child = spawn(process.execPath, ["--no-warnings", starter, dataDir], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	children.push(child);
	const [line] = (await once(createInterface(child.stdout), "line")) as [string];
	return { child, said: JSON.parse(line) as Said };
}

async function killHard(child: ChildProcess): Promise<void> {
	child.kill("SIGKILL");
	await once(child, "exit");
}

test("a second start is told which process uses the folder and what to do", async () => {
	const { said } = await start();
	expect(said.locked).toBe(true);
	await expect(lockDataDir(dataDir)).rejects.toMatchObject({
		code: "conflict",
		message: `Process ${said.pid} already uses the data folder ${dataDir}; stop it, or set DATA_DIR to another folder.`,
	});
});

test("kill -9 of the holder releases the lock", async () => {
	const { child } = await start();
	await killHard(child);
	const lock = await lockDataDir(dataDir);
	await expect(lockDataDir(dataDir)).rejects.toMatchObject({ code: "conflict" });
	await lock.release();
});

test("a released lock can be taken again, and only the newest number stays on disk", async () => {
	for (let round = 0; round < 4; round += 1) await (await lockDataDir(dataDir)).release();
	expect(await readdir(join(dataDir, "lock"))).toEqual(["4"]);
});

test("a holder whose pid now belongs to another process does not count", async () => {
	await mkdir(join(dataDir, "lock"));
	const foreign = { pid: process.ppid, startTicks: "1", bootId: "another" };
	await writeFile(join(dataDir, "lock", "7"), JSON.stringify(foreign));
	const lock = await lockDataDir(dataDir);
	expect(await readdir(join(dataDir, "lock"))).toEqual(["8"]);
	await lock.release();
});

test("a file torn by a power loss does not block", async () => {
	await mkdir(join(dataDir, "lock"));
	await writeFile(join(dataDir, "lock", "3"), '{"pid": 1');
	const lock = await lockDataDir(dataDir);
	expect(await readdir(join(dataDir, "lock"))).toEqual(["4"]);
	await lock.release();
});

test("of several starters that find a dead holder exactly one wins", async () => {
	const { child } = await start();
	for (let round = 0; round < 3; round += 1) {
		const holder = round === 0 ? child : children.at(-1);
		if (holder !== undefined) await killHard(holder);
		const started = await Promise.all(Array.from({ length: 5 }, () => start()));
		expect(started.filter(({ said }) => said.locked)).toHaveLength(1);
		expect(started.filter(({ said }) => said.code === "conflict")).toHaveLength(4);
		const winner = started.find(({ said }) => said.locked)?.child;
		if (winner === undefined) throw new Error("nobody holds the lock");
		children.push(winner);
	}
});

test("two hundred takers inside one process never hold it together", async () => {
	let held = 0;
	let wins = 0;
	const take = async () => {
		const lock = await lockDataDir(dataDir).catch(() => undefined);
		if (lock === undefined) return;
		held += 1;
		wins += 1;
		expect(held).toBe(1);
		await new Promise(setImmediate);
		held -= 1;
		await lock.release();
	};
	await Promise.all(Array.from({ length: 200 }, take));
	expect(wins).toBeGreaterThan(0);
});

test("a folder that cannot be written is said by its name", async () => {
	await writeFile(join(dataDir, "file"), "");
	const inside = join(dataDir, "file", "data");
	await expect(lockDataDir(inside)).rejects.toMatchObject({
		code: "forbidden",
		message: expect.stringContaining(inside) as string,
	});
});
