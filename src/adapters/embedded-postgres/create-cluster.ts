import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import type { StorePlace } from "./place-store.ts";
import { postgresEnvironment, superuser } from "./postgres-settings.ts";
import { explainFailure, explainFileError } from "./store-errors.ts";

/**
 * Runs initdb beside the cluster's place and puts the result there by one rename, so a store is whole or absent.
 * When another process was faster its store stays. Errors: AppErrors for a full disk, a closed folder, an odd user.
 */
export async function createCluster(place: StorePlace): Promise<void> {
	const parent = dirname(place.clusterDir);
	const draft = join(parent, `${draftPrefix(place.clusterDir)}${randomUUID()}`);
	try {
		await mkdir(draft, { mode: 0o700 });
		if (place.runAs) await chown(draft, place.runAs.uid, place.runAs.gid);
		await runInitdb(place, draft);
		await rename(draft, place.clusterDir);
		await syncFolder(parent);
	} catch (error) {
		await removeFolder(draft);
		if (!existsSync(join(place.clusterDir, "PG_VERSION"))) throw explainFileError(error, place.dataDir);
	}
}

const draftPrefix = (clusterDir: string) => `${basename(clusterDir)}.new-`;

/** Removes what creations that were cut short left. Only once there is a store: until then one may be under way. */
export async function removeHalfMade(clusterDir: string): Promise<void> {
	const parent = dirname(clusterDir);
	const left = (await readdir(parent)).filter((name) => name.startsWith(draftPrefix(clusterDir)));
	for (const name of left) await removeFolder(join(parent, name));
}

/** As far as it can be: an initdb of another starter may still write there, and what stays is removed by the next start. */
async function removeFolder(path: string): Promise<void> {
	await rm(path, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
}

async function runInitdb(place: StorePlace, draft: string): Promise<void> {
	const args = ["-D", draft, "-U", superuser, "--auth=trust", "--encoding=UTF8", "--wal-segsize=4"];
	// The builtin locale needs nothing of the system and sorts the same on every machine.
	args.push("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions");
	const child = spawn(join(place.nativeDir, "bin", "initdb"), args, {
		cwd: "/",
		env: postgresEnvironment(place.nativeDir),
		stdio: ["ignore", "pipe", "pipe"],
		...place.runAs,
	});
	const exited = new Promise<number | null>((resolve, reject) => {
		child.once("error", reject);
		child.once("close", resolve);
	});
	const output = Promise.all([text(child.stdout), text(child.stderr)]);
	const code = await exited.catch((error: unknown) => {
		throw explainFailure(String(error), place.dataDir, error);
	});
	if (code !== 0) throw explainFailure((await output).join("\n"), place.dataDir);
}

async function syncFolder(path: string): Promise<void> {
	const handle = await open(path, "r");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
