import { chmod, mkdir, mkdtemp, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
	isPrivateFolder,
	makeSocketFolder,
	removeSocketFolder,
} from "../../../src/adapters/embedded-postgres/make-socket-folder.ts";

let folder = "";

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "socket-"));
	await chmod(folder, 0o755);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test("a folder too long for a socket, with a comma, or missing is passed over", async () => {
	const long = join(folder, "x".repeat(90));
	const comma = join(folder, "a,b");
	for (const path of [long, comma]) await mkdir(path);
	const made = await makeSocketFolder(undefined, ["", long, comma, join(folder, "missing"), folder]);
	expect(dirname(made)).toBe(folder);
	expect((await stat(made)).mode & 0o777).toBe(0o700);
	expect(Buffer.byteLength(join(made, ".s.PGSQL.5432.lock"))).toBeLessThanOrEqual(107);
});

test("without any usable folder the sentence names TMPDIR", async () => {
	await expect(makeSocketFolder(undefined, [join(folder, "missing")])).rejects.toMatchObject({
		code: "unavailable",
		message: expect.stringContaining("set TMPDIR") as string,
	});
});

test("only a real folder of the server's user, closed to others, counts as private", async () => {
	const own = await makeSocketFolder(undefined, [folder]);
	expect(await isPrivateFolder(own, undefined)).toBe(true);
	expect(await isPrivateFolder(own, { uid: 4242, gid: 4242 })).toBe(false);
	await symlink(own, join(folder, "link"));
	expect(await isPrivateFolder(join(folder, "link"), undefined)).toBe(false);
	await chmod(own, 0o750);
	expect(await isPrivateFolder(own, undefined)).toBe(false);
	expect(await isPrivateFolder(join(folder, "missing"), undefined)).toBe(false);
});

test("only folders of ours are removed", async () => {
	const own = await makeSocketFolder(undefined, [folder]);
	await removeSocketFolder(own);
	await removeSocketFolder(folder);
	await expect(stat(own)).rejects.toThrow("ENOENT");
	expect((await stat(folder)).isDirectory()).toBe(true);
});
