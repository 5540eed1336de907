import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder } from "../../../src/adapters/system/make-folder.ts";

const home = mkdtempSync(join(tmpdir(), "make-folder-"));
afterAll(() => rmSync(home, { recursive: true }));

it("makes every missing level with the mode, and is content with a folder that is there", async () => {
	const path = join(home, "a/b/c");
	await makeFolder(path, 0o700);
	await makeFolder(path, 0o755);
	for (const level of ["a", "a/b", "a/b/c"]) expect(statSync(join(home, level)).mode & 0o777).toBe(0o700);
});

it("lets two starters make the same folders at once", async () => {
	const path = join(home, "both/of/them");
	await Promise.all([makeFolder(path, 0o755), makeFolder(path, 0o755)]);
	expect(existsSync(path)).toBe(true);
});

it("refuses a file, a path below a file, a link to nothing and a place in /proc, instead of never ending", async () => {
	const file = join(home, "file");
	const link = join(home, "link");
	writeFileSync(file, "");
	symlinkSync(join(home, "nowhere"), link);
	await expect(makeFolder(file, 0o755)).rejects.toThrow("EEXIST");
	await expect(makeFolder(join(file, "x/y"), 0o755)).rejects.toThrow("ENOTDIR");
	await expect(makeFolder(link, 0o755)).rejects.toThrow("EEXIST");
	await expect(makeFolder("/proc/foo/bar", 0o755)).rejects.toThrow("ENOENT");
});
