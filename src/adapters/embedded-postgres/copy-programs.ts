import { randomUUID } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { cp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { openTree } from "./change-tree.ts";
import { makeLibraryLinks, type PostgresPackage } from "./locate-package.ts";
import { explainFileError } from "./store-errors.ts";

/**
 * A copy of the package in `home`, readable by every user, and its folder. Idempotent: one copy for each version,
 * put in place whole by a rename.
 */
export async function copyPrograms(found: PostgresPackage, home: string): Promise<string> {
	const copy = join(home, `programs-${found.version}`);
	if (existsSync(copy)) return copy;
	const draft = join(home, `draft-${randomUUID()}`);
	try {
		await cp(found.folder, draft, {
			recursive: true,
			verbatimSymlinks: true,
			mode: constants.COPYFILE_FICLONE,
		});
		await makeLibraryLinks(draft);
		await openTree(draft);
		await rename(draft, copy);
	} catch (error) {
		await rm(draft, { recursive: true, force: true });
		if (!existsSync(copy)) throw explainFileError(error, home);
	}
	return copy;
}
