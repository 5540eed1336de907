import { createHash, randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { access, chmod, constants, mkdir, readlink, realpath, rename, stat, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { AppError } from "../../domain/errors.ts";
import type { Logger } from "../../ports/logger.ts";
import { findClosedFolder, type RunAs } from "./can-enter.ts";
import { copyPrograms } from "./copy-programs.ts";
import { locatePackage, makeLibraryLinks, type PostgresPackage } from "./locate-package.ts";
import { explainFileError } from "./store-errors.ts";

/** Where the store and its programs lie, and under which user Postgres runs (undefined: the product's own). */
export type StorePlace = {
	readonly dataDir: string;
	readonly clusterDir: string;
	readonly nativeDir: string;
	readonly major: string;
	readonly runAs: RunAs | undefined;
};

export type PlaceStoreRequest = {
	readonly dataDir: string;
	/** Root's fallback for folders that Postgres' user may not enter. */
	readonly systemDir: string;
	/** The npm package, where it is not found by name. */
	readonly packageDir?: string | undefined;
	readonly logger: Logger;
};

/** Postgres refuses to run as root; this is the user `nobody` on every Linux. */
const nobody: RunAs = { uid: 65_534, gid: 65_534 };

/**
 * Decides the place and prepares it: the data folder, library links, and for root, where a folder on the way is
 * closed to Postgres' user, a place under `systemDir` that `<dataDir>/postgres` then links to. Idempotent.
 */
export async function placeStore(request: PlaceStoreRequest): Promise<StorePlace> {
	const found = await locatePackage(process.platform, process.arch, request.packageDir);
	const dataDir = await openDataDir(request.dataDir);
	const root = process.getuid?.() === 0;
	const link = join(dataDir, "postgres");
	const linked = await readlink(link).then(
		(target) => resolve(dataDir, target),
		() => undefined,
	);
	const existing = await stat(linked ?? link).catch(() => undefined);
	if (!root) {
		refuseForeign(existing, linked ?? link);
		const nativeDir = await preparePrograms(found, dataDir, undefined);
		return place(dataDir, linked ?? link, nativeDir, found, undefined);
	}
	const runAs = existing && existing.uid !== 0 ? { uid: existing.uid, gid: existing.gid } : nobody;
	const home = join(request.systemDir, createHash("sha256").update(dataDir).digest("hex").slice(0, 16));
	const closed = linked === undefined ? await findClosedFolder(dataDir, runAs) : undefined;
	if (closed !== undefined && existing !== undefined) throw storeIsClosed(link, closed, runAs);
	const clusterDir = closed === undefined ? (linked ?? link) : join(home, "postgres");
	if (closed !== undefined) await linkToSystem(home, link, request.logger);
	const nativeDir = await preparePrograms(found, home, runAs);
	if (dirname(clusterDir) === home || nativeDir.startsWith(home))
		request.logger.info(
			`The store's ${dirname(clusterDir) === home ? "data and programs lie" : "programs lie"} in ${home}, because the user that Postgres runs as may not enter the project's folder`,
			{ dataDir, clusterDir, nativeDir },
		);
	return place(dataDir, clusterDir, nativeDir, found, runAs);
}

function place(
	dataDir: string,
	clusterDir: string,
	nativeDir: string,
	found: PostgresPackage,
	runAs: RunAs | undefined,
): StorePlace {
	return { dataDir, clusterDir, nativeDir, major: found.version.split(".")[0] ?? "", runAs };
}

async function openDataDir(dataDir: string): Promise<string> {
	try {
		await mkdir(dataDir, { recursive: true });
		await access(dataDir, constants.W_OK | constants.X_OK);
		return await realpath(dataDir);
	} catch (error) {
		throw explainFileError(error, resolve(dataDir));
	}
}

/** The programs' folder: the package's own where it can be used as it lies, else a copy in `home`. */
async function preparePrograms(
	found: PostgresPackage,
	home: string,
	runAs: RunAs | undefined,
): Promise<string> {
	const native = join(found.folder, "native");
	const open = runAs === undefined || (await isOpenTo(native, runAs));
	if (open && (await makeLibraryLinks(found.folder))) return native;
	if (runAs !== undefined) await makeOpenFolder(home);
	return join(await copyPrograms(found, home), "native");
}

async function isOpenTo(native: string, runAs: RunAs): Promise<boolean> {
	if ((await findClosedFolder(join(native, "bin"), runAs)) !== undefined) return false;
	return ((await stat(join(native, "bin", "postgres"))).mode & 0o005) === 0o005;
}

async function makeOpenFolder(home: string): Promise<void> {
	await mkdir(home, { recursive: true });
	for (const folder of [dirname(home), home]) await chmod(folder, 0o755);
}

/** A store left there by a data folder that was deleted since is kept, under another name. */
async function linkToSystem(home: string, link: string, logger: Logger): Promise<void> {
	await makeOpenFolder(home);
	const clusterDir = join(home, "postgres");
	const aside = join(home, `set-aside-${randomUUID()}`);
	const kept = await rename(clusterDir, aside).then(
		() => true,
		() => false,
	);
	if (kept)
		logger.warn(`The store of an earlier data folder was kept as ${aside}; delete it when not needed`);
	await symlink(clusterDir, link);
}

function refuseForeign(existing: Stats | undefined, clusterDir: string): void {
	if (existing === undefined || existing.uid === process.getuid?.()) return;
	throw new AppError(
		"forbidden",
		`The store in ${clusterDir} belongs to user id ${existing.uid}; start as that user (or root), or set DATA_DIR.`,
	);
}

function storeIsClosed(link: string, closed: string, runAs: RunAs): AppError {
	return new AppError(
		"forbidden",
		`Postgres runs as user id ${runAs.uid}, which may not enter ${closed} on the way to ${link}; run chmod o+x ${closed}, or set DATA_DIR.`,
	);
}
