import { chmod, chown, lstat, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { AppError } from "../../domain/errors.ts";
import { findClosedFolder, type RunAs } from "./can-enter.ts";

const prefix = "scops-";
/** sun_path holds 108 bytes with its final zero. */
const longestPathBytes = 107;
const socketName = ".s.PGSQL.5432.lock";

/**
 * Makes a new folder for the server's socket that only its user may enter (mode 0700), in the first of `candidates`
 * that is short, open to that user and writable. XDG_RUNTIME_DIR is none of them: it is emptied when its user logs
 * out, and the server may live longer.
 */
export async function makeSocketFolder(
	runAs: RunAs | undefined,
	candidates: readonly string[] = [tmpdir(), "/tmp"],
): Promise<string> {
	for (const parent of candidates) {
		if (parent === "" || !fits(parent)) continue;
		if (runAs && (await findClosedFolder(parent, runAs).catch(() => parent)) !== undefined) continue;
		const folder = await mkdtemp(join(parent, prefix)).catch(() => undefined);
		if (folder === undefined) continue;
		await chmod(folder, 0o700);
		if (runAs) await chown(folder, runAs.uid, runAs.gid);
		return folder;
	}
	throw new AppError(
		"unavailable",
		"No short, writable folder was found for the store's socket; set TMPDIR to one, such as /tmp.",
	);
}

/**
 * Makes the folder of a server that ended anew, under the same name and empty: a lock file in it may name a process
 * id that is another program's by now. AppError `unavailable` where somebody else took the name.
 */
export async function remakeSocketFolder(folder: string, runAs: RunAs | undefined): Promise<string> {
	await removeSocketFolder(folder);
	await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
		throw new AppError("unavailable", `The folder ${folder} of the store's socket can't be made.`, {
			cause: error,
		});
	});
	if (runAs) await chown(folder, runAs.uid, runAs.gid);
	return folder;
}

/** True when a server may be talked to there: a real folder, of the server's user, closed to all others. */
export async function isPrivateFolder(folder: string, runAs: RunAs | undefined): Promise<boolean> {
	const found = await lstat(folder).catch(() => undefined);
	const owner = runAs?.uid ?? process.getuid?.();
	return found?.isDirectory() === true && found.uid === owner && (found.mode & 0o077) === 0;
}

/** Removes a socket folder of ours; any other folder is left alone. */
export async function removeSocketFolder(folder: string): Promise<void> {
	if (basename(folder).startsWith(prefix)) await rm(folder, { recursive: true, force: true });
}

/** A comma would separate two folders in the server's setting. */
function fits(parent: string): boolean {
	const bytes = Buffer.byteLength(join(parent, `${prefix}XXXXXX`, socketName));
	return bytes <= longestPathBytes && !parent.includes(",") && parent.startsWith("/");
}
