import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../domain/errors.ts";
import type { Logger } from "../../ports/logger.ts";
import { findRunningServer, listClusterProcesses, type PostmasterFile } from "./find-running-server.ts";
import { makeSocketFolder, remakeSocketFolder, removeSocketFolder } from "./make-socket-folder.ts";
import type { StorePlace } from "./place-store.ts";
import { postgresArguments, postgresEnvironment } from "./postgres-settings.ts";
import { openServerLog } from "./server-log.ts";
import { stopServer } from "./stop-server.ts";
import { explainFailure, explainFileError } from "./store-errors.ts";

const longestRecoveryMs = 120_000;
const sayRecoveryAfterMs = 3_000;

/**
 * Starts the server in a session of its own, so that Ctrl-C reaches only the product, and waits until it serves.
 * When another process was faster on the same cluster, that one's server is the answer. The crash recovery of a
 * large store may take its time: up to two minutes, said after three seconds.
 * @param again the socket folder of the server before, where its clients look for this one
 */
export async function launchServer(
	place: StorePlace,
	logger: Logger,
	again?: string,
): Promise<PostmasterFile> {
	const log = await openServerLog(place.dataDir, place.runAs).catch((error: unknown) => {
		throw explainFileError(error, place.dataDir);
	});
	const socketDir = again
		? await remakeSocketFolder(again, place.runAs)
		: await makeSocketFolder(place.runAs);
	try {
		const child = spawn(
			join(place.nativeDir, "bin", "postgres"),
			postgresArguments(place.clusterDir, socketDir),
			{
				cwd: "/",
				detached: true,
				env: postgresEnvironment(place.nativeDir),
				stdio: ["ignore", log.fd, log.fd],
				...place.runAs,
			},
		);
		child.unref();
		const server = await waitUntilReady(child, place, logger);
		if (server === undefined) throw explainFailure(await log.readNew(), place.dataDir);
		if (server.socketDir !== socketDir) await removeSocketFolder(socketDir);
		return server;
	} catch (error) {
		await removeSocketFolder(socketDir);
		throw error;
	} finally {
		await log.close();
	}
}

/** The ready server of the cluster, or undefined when `child` ended and nobody serves. Rejects if it never ran. */
async function waitUntilReady(
	child: ChildProcess,
	place: StorePlace,
	logger: Logger,
): Promise<PostmasterFile | undefined> {
	let failed: Error | undefined;
	child.once("error", (error) => {
		failed = error;
	});
	const started = performance.now();
	let said = false;
	for (;;) {
		if (failed !== undefined) throw explainFailure(`${failed}`, place.dataDir, failed);
		const ended = child.exitCode !== null || child.signalCode !== null;
		const server = await findRunningServer(place.clusterDir);
		// When another starter was faster, our own process ends by itself; it is gone when this returns.
		if (server?.ready && (ended || server.pid === child.pid)) return server;
		// A faster starter's server may not have written its file yet; its process is already there.
		if (ended && server === undefined && (await listClusterProcesses(place.clusterDir)).length === 0)
			return undefined;
		const waitedMs = performance.now() - started;
		if (waitedMs > sayRecoveryAfterMs && !said) {
			said = true;
			logger.info("The store is recovering from an unclean stop; this can take a minute");
		}
		if (waitedMs > longestRecoveryMs) {
			if (child.pid !== undefined) await stopServer(child.pid, place.clusterDir, logger);
			throw new AppError(
				"unavailable",
				"The store was not ready within 120 s; see postgres.log in DATA_DIR.",
			);
		}
		await sleep(10);
	}
}
