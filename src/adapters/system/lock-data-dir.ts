import { randomUUID } from "node:crypto";
import { link, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../domain/errors.ts";
import { makeFolder } from "./make-folder.ts";

/** The right to use a data folder; `release` gives it back and may be called again without effect. */
export type DataDirLock = { release(): Promise<void> };

type Holder = { readonly pid: number; readonly startTicks: string; readonly bootId: string };

/**
 * Takes the data folder for this process alone; creates it when missing. A holder that was killed loses the lock at
 * once: it is known by pid, process start (clock ticks since boot) and boot id, so a reused pid does not count.
 * Errors: `conflict` when a living process holds it, `forbidden` when the folder cannot be written.
 *
 * Holders are numbered files `lock/<n>`: the highest number holds. Each is made with its content in one step (link),
 * numbers only grow and the highest is never removed, so of several starters that see a dead holder one wins.
 */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
	const folder = join(dataDir, "lock");
	const draft = join(folder, `draft-${randomUUID()}`);
	try {
		await makeFolder(folder, 0o755);
		await writeFile(draft, JSON.stringify(await identify(process.pid)));
	} catch (error) {
		throw new AppError(
			"forbidden",
			`The data folder ${dataDir} cannot be written; make it writable or set DATA_DIR to another folder.`,
			{ cause: error },
		);
	}
	try {
		const mine = await takeNextNumber(folder, draft, dataDir);
		return { release: () => release(folder, mine) };
	} finally {
		await rm(draft, { force: true });
	}
}

async function takeNextNumber(folder: string, draft: string, dataDir: string): Promise<number> {
	for (;;) {
		const current = await readHighest(folder);
		const holder = current === 0 ? undefined : await readHolder(join(folder, String(current)));
		if (holder !== undefined && (await isAlive(holder))) throw inUse(dataDir, holder.pid);
		const mine = current + 1;
		const linked = await link(draft, join(folder, String(mine))).then(
			() => true,
			(error: NodeJS.ErrnoException) => {
				if (error.code === "EEXIST") return false;
				throw error;
			},
		);
		if (!linked) continue;
		// A starter that slept since its look at the folder may fill a gap below the real holder.
		if ((await readHighest(folder)) > mine) {
			await rm(join(folder, String(mine)), { force: true });
			continue;
		}
		await removeBelow(folder, mine);
		return mine;
	}
}

async function readHighest(folder: string): Promise<number> {
	return Math.max(0, ...(await listNumbers(folder)));
}

async function listNumbers(folder: string): Promise<number[]> {
	return (await readdir(folder)).filter((name) => /^\d{1,15}$/.test(name)).map(Number);
}

async function removeBelow(folder: string, mine: number): Promise<void> {
	const old = (await listNumbers(folder)).filter((number) => number < mine);
	await Promise.all(old.map((number) => rm(join(folder, String(number)), { force: true })));
}

/** The number stays taken by an empty file, because numbers must never go back. */
async function release(folder: string, mine: number): Promise<void> {
	const empty = join(folder, `draft-${randomUUID()}`);
	await writeFile(empty, "");
	await rename(empty, join(folder, String(mine)));
}

/** An empty or torn file (power loss) holds nothing. */
async function readHolder(path: string): Promise<Holder | undefined> {
	try {
		return JSON.parse(await readFile(path, "utf8")) as Holder;
	} catch {
		return undefined;
	}
}

async function isAlive(holder: Holder): Promise<boolean> {
	try {
		const now = await identify(holder.pid);
		return now.startTicks === holder.startTicks && now.bootId === holder.bootId;
	} catch {
		return false;
	}
}

/** Who a pid is now. Rejects when there is no such process; without /proc only the pid itself can tell. */
async function identify(pid: number): Promise<Holder> {
	if (process.platform !== "linux") {
		process.kill(pid, 0);
		return { pid, startTicks: "", bootId: "" };
	}
	const [stat, bootId] = await Promise.all([
		readFile(`/proc/${pid}/stat`, "utf8"),
		readFile("/proc/sys/kernel/random/boot_id", "utf8"),
	]);
	// The command name in parentheses may hold anything; the fields after it start with the state (field 3).
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	if (fields[0] === "Z" || fields[0] === "X") throw new Error(`process ${pid} is dead`);
	return { pid, startTicks: fields[19] ?? "", bootId: bootId.trim() };
}

function inUse(dataDir: string, pid: number): AppError {
	return new AppError(
		"conflict",
		`Process ${pid} already uses the data folder ${dataDir}; stop it, or set DATA_DIR to another folder.`,
		{ extra: { pid } },
	);
}
