import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { cp, mkdir, readdir, realpath, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { AppError } from "../../domain/errors.ts";
import type { Logger } from "../../ports/logger.ts";
import { syncTree } from "./change-tree.ts";
import { findRunningServer } from "./find-running-server.ts";
import { explainFileError } from "./store-errors.ts";

export type BackUpRequest = {
	readonly dataDir: string;
	/** Why, in a few words; kept beside the copy. */
	readonly reason: string;
	/** The schema's version that the copy holds: letters, digits, dots, dashes and underscores; others become "-". */
	readonly fromVersion: string;
	readonly nowMs: number;
	readonly logger: Logger;
	/** How many backups stay, this one included; 3 unless said otherwise. */
	readonly keep?: number;
};

const backupName = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-from-/;

/**
 * Copies the stopped store to `<dataDir>/backups/<time>-from-<version>/postgres`, on disk when it returns, and
 * removes all but the newest `keep`. Answers with the backup's folder, or undefined when there is no store yet.
 * To restore: stop the product and put that folder in place of `<dataDir>/postgres` (where that is a link, in place
 * of what it names). A file copy of the stopped server, since the npm package brings no pg_dump.
 * Errors: `conflict` while the server runs, `unavailable` on a full disk, `forbidden` where it cannot be written.
 */
export async function backUpEmbedded(request: BackUpRequest): Promise<string | undefined> {
	const { dataDir, reason, fromVersion, nowMs, logger, keep = 3 } = request;
	const clusterDir = await realpath(join(dataDir, "postgres")).catch(() => undefined);
	if (clusterDir === undefined) return undefined;
	if ((await findRunningServer(clusterDir)) !== undefined)
		throw new AppError("conflict", "The store is running; stop it before it is backed up.");
	const started = performance.now();
	const folder = join(dataDir, "backups");
	const time = new Date(nowMs).toISOString().replaceAll(/[:.]/g, "-");
	const path = join(folder, `${time}-from-${fromVersion.replaceAll(/[^\w.-]/g, "-")}`);
	const draft = join(folder, `draft-${randomUUID()}`);
	try {
		await mkdir(folder, { recursive: true, mode: 0o700 });
		await removeDrafts(folder);
		await mkdir(draft, { mode: 0o700 });
		await copyCluster(clusterDir, join(draft, "postgres"));
		const about = { reason, fromVersion, takenAt: new Date(nowMs).toISOString() };
		await writeFile(join(draft, "backup.json"), `${JSON.stringify(about, null, "\t")}\n`);
		await syncTree(draft);
		await rename(draft, path);
	} catch (error) {
		await rm(draft, { recursive: true, force: true });
		throw explainFileError(error, dataDir);
	}
	await removeOld(folder, basename(path), keep);
	const tookMs = Math.round(performance.now() - started);
	logger.info(`Store backed up to ${path} in ${tookMs} ms`, { reason, fromVersion });
	return path;
}

/** Files that describe a running server have no place in a copy. */
async function copyCluster(from: string, to: string): Promise<void> {
	await cp(from, to, {
		recursive: true,
		preserveTimestamps: true,
		mode: constants.COPYFILE_FICLONE,
		filter: (source) => !["postmaster.pid", "postmaster.opts"].includes(basename(source)),
	});
}

async function removeDrafts(folder: string): Promise<void> {
	for (const name of await readdir(folder))
		if (name.startsWith("draft-")) await rm(join(folder, name), { recursive: true, force: true });
}

/** The newest stays whatever the clock says. */
async function removeOld(folder: string, newest: string, keep: number): Promise<void> {
	const older = (await readdir(folder)).filter((name) => backupName.test(name) && name !== newest);
	for (const name of older
		.toSorted()
		.toReversed()
		.slice(keep - 1))
		await rm(join(folder, name), { recursive: true, force: true });
}
