import { chmod, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Client, DatabaseError } from "pg";
import { AppError } from "../../domain/errors.ts";
import type { Logger } from "../../ports/logger.ts";
import { giveTree } from "./change-tree.ts";
import { clearLeftovers } from "./clear-leftovers.ts";
import { createCluster, removeHalfMade } from "./create-cluster.ts";
import { findRunningServer, type PostmasterFile, servesCluster } from "./find-running-server.ts";
import { launchServer } from "./launch-server.ts";
import { isPrivateFolder, removeSocketFolder } from "./make-socket-folder.ts";
import { placeStore, type StorePlace } from "./place-store.ts";
import { database, superuser } from "./postgres-settings.ts";
import { stopServer } from "./stop-server.ts";

export type EmbeddedPostgresOptions = {
	readonly dataDir: string;
	readonly logger: Logger;
	/** Where root keeps data and programs that Postgres' user could not reach. Default /var/lib/smartcloudops. */
	readonly systemDir?: string;
	/** The folder of the npm package with Postgres' programs, where it is not to be found by its name. */
	readonly packageDir?: string;
};

export type EmbeddedPostgres = {
	/** `host` is the folder of the Unix socket. */
	readonly connection: { readonly host: string; readonly user: string; readonly database: string };
	/** The same as one string for `pg`. There is no password: only this user (and root) may enter the folder. */
	readonly url: string;
	/** Another one after `startAgain`. */
	readonly pid: number;
	/** True when a server was found running, left by a product that was killed. */
	readonly adopted: boolean;
	/** Whether the server's process runs. */
	serves(): Promise<boolean>;
	/** Starts a server that has ended again, on the same socket; another that serves already is taken. AppErrors as at the start. */
	startAgain(): Promise<void>;
	/** Fast shutdown; after 10 s an immediate one. Idempotent. */
	stop(): Promise<void>;
};

/**
 * Starts the store in `<dataDir>/postgres`, or adopts its running server; the first start creates it. The server
 * outlives a killed product on purpose: the next start finds it. Take the data folder's lock first, since `stop`
 * of one holder stops the server of all. Errors: AppErrors `unsupported`, `forbidden`, `unavailable`.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
	const started = performance.now();
	const { dataDir, logger, packageDir, systemDir = "/var/lib/smartcloudops" } = options;
	const place = await placeStore({ dataDir, systemDir, packageDir, logger });
	const adopted = await adoptServer(place, logger);
	let server = adopted ?? (await startServer(place, logger));
	const connection = { host: server.socketDir, user: superuser, database };
	logger.info(`Store ready in ${Math.round(performance.now() - started)} ms`, {
		pid: server.pid,
		adopted: adopted !== undefined,
	});
	let stopping: Promise<void> | undefined;
	return {
		connection,
		url: `postgres://${superuser}@localhost/${database}?host=${encodeURIComponent(server.socketDir)}`,
		get pid() {
			return server.pid;
		},
		adopted: adopted !== undefined,
		serves: () => servesCluster(server.pid, place.clusterDir),
		startAgain: async () => {
			server = await startServerAgain(place, connection.host, logger);
		},
		stop: () => (stopping ??= endServer(server, place, logger)),
	};
}

async function startServer(place: StorePlace, logger: Logger): Promise<PostmasterFile> {
	if ((await readMajor(place)) === undefined) {
		logger.info("Creating the store (once)");
		await createCluster(place);
	}
	await removeHalfMade(place.clusterDir);
	const major = await readMajor(place);
	if (major !== place.major)
		throw new AppError(
			"unsupported",
			`The store in ${place.clusterDir} is of Postgres ${major}, this version brings ${place.major}; go back to the version before, or set DATA_DIR to a new folder.`,
		);
	await clearLeftovers(place.clusterDir, logger);
	await tightenFolder(place);
	const server = await launchServer(place, logger);
	await confirmServes(server, place);
	return server;
}

/** Only a store that is there: one whose folder is gone must not be replaced by an empty one while the product runs. */
async function startServerAgain(
	place: StorePlace,
	socketDir: string,
	logger: Logger,
): Promise<PostmasterFile> {
	if ((await readMajor(place)) === undefined)
		throw new AppError(
			"unavailable",
			`The store in ${place.clusterDir} is gone; put it back and start again.`,
		);
	await clearLeftovers(place.clusterDir, logger);
	const server = await launchServer(place, logger, socketDir);
	if (server.socketDir !== socketDir) {
		await endServer(server, place, logger);
		throw new AppError("conflict", "Another program started the store elsewhere; it was stopped.");
	}
	await confirmServes(server, place);
	return server;
}

/** A restored copy may belong to root or be open to others; the server accepts neither. */
async function tightenFolder(place: StorePlace): Promise<void> {
	if (place.runAs && (await stat(place.clusterDir)).uid !== place.runAs.uid)
		await giveTree(place.clusterDir, place.runAs);
	await chmod(place.clusterDir, 0o700);
}

/** The running server of the cluster if one can talk to it in private; one that cannot be reached is stopped. */
async function adoptServer(place: StorePlace, logger: Logger): Promise<PostmasterFile | undefined> {
	const server = await findRunningServer(place.clusterDir);
	if (server === undefined) return undefined;
	try {
		if (!(await isPrivateFolder(server.socketDir, place.runAs)))
			throw new Error(`socket folder ${server.socketDir} is gone or not private`);
		await confirmServes(server, place);
		return server;
	} catch (error) {
		logger.warn("A store left by an earlier run does not answer; stopping it", { pid: server.pid, error });
		await endServer(server, place, logger);
		return undefined;
	}
}

/** Connects and asks which folder the server serves; waits out a start that is still under way. */
async function confirmServes(server: PostmasterFile, place: StorePlace): Promise<void> {
	const deadline = performance.now() + 30_000;
	for (;;) {
		const client = new Client({
			host: server.socketDir,
			user: superuser,
			database,
			connectionTimeoutMillis: 5_000,
			query_timeout: 5_000,
		});
		try {
			await client.connect();
			const { rows } = await client.query<{ data_directory: string }>("show data_directory");
			if (rows[0]?.data_directory === place.clusterDir) return;
			throw new Error(`process ${server.pid} serves ${rows[0]?.data_directory}`);
		} catch (error) {
			const startingUp = error instanceof DatabaseError && error.code === "57P03";
			if (!startingUp || performance.now() > deadline) throw error;
		} finally {
			await client.end().catch(() => undefined);
		}
	}
}

async function endServer(server: PostmasterFile, place: StorePlace, logger: Logger): Promise<void> {
	await stopServer(server.pid, place.clusterDir, logger);
	await removeSocketFolder(server.socketDir);
}

async function readMajor(place: StorePlace): Promise<string | undefined> {
	const content = await readFile(join(place.clusterDir, "PG_VERSION"), "utf8").catch(() => undefined);
	return content?.trim();
}
