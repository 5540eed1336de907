import type { AuditVault } from "../../ports/audit-vault.ts";
import type { JobQueue } from "../../ports/job-queue.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Store } from "../../ports/store.ts";
import { keepAnchored } from "./audit-anchoring.ts";
import { listenForChanges } from "./change-listener.ts";
import { createStores } from "./create-stores.ts";
import { createInboxStore } from "./inbox-store.ts";
import { createJobQueue } from "./job-queue.ts";
import { openDatabase } from "./open-database.ts";
import { openPool, type PostgresConnection } from "./open-pool.ts";
import { createProbe } from "./probe-store.ts";
import { type Pruned, prune } from "./prune.ts";
import { runTransaction } from "./run-transaction.ts";
import { type BossStarter, startBoss } from "./start-boss.ts";
import { toStoreError } from "./to-store-error.ts";

export type PostgresStoreOptions = {
	readonly connection: PostgresConnection;
	readonly logger: Logger;
	/** The most connections at once, without the one that listens. Default 7. */
	readonly poolSize?: number;
	/** Who opens it. Default: the owner of the tables. */
	readonly opener?: BossStarter;
	/** What signs the audit and anchors it outside the database. Without one, `verify` sees mistakes but no forgery. */
	readonly vault?: AuditVault;
	/** The sentence for people while it can't be reached. Default: to check the database and its address. */
	readonly unreachable?: string;
};

export type PostgresStore = {
	readonly store: Store;
	readonly jobs: JobQueue;
	/** Deletes old messages, closed anomalies and claims, and expired sign-ins; never audit, requests or incidents. */
	prune(options: { readonly beforeMs: number }): Promise<Pruned>;
	/** Stops the queue without waiting for handlers (`jobs.stop` first to drain) and closes every connection. */
	close(): Promise<void>;
};

/**
 * Opens the store of a database that `migrate` has brought to this version. Several processes may open the same one.
 * AppError `unavailable` where the database can't be reached; later outages heal by themselves.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
	const {
		connection,
		logger,
		poolSize = 7,
		opener = { isOwner: true, worksQueues: true },
		vault,
		unreachable,
	} = options;
	const closers: (() => Promise<void>)[] = [];
	const closeAll = async () => {
		for (const close of closers.toReversed()) await close();
	};
	try {
		const pool = openPool(connection, poolSize, logger);
		closers.push(() => pool.end());
		const listener = await listenForChanges(connection, logger);
		closers.push(() => listener.close());
		const boss = await startBoss(pool, logger, opener);
		const jobs = createJobQueue(boss, logger);
		closers.push(() => jobs.stop(0));
		// A job that another process queued is not waited for until the next poll.
		listener.onJob((name) => jobs.nudge(name));
		const db = openDatabase(pool, unreachable);
		// What waits at the door never waits for a connection that work holds.
		const door = openPool(connection, 1, logger);
		closers.push(() => door.end());
		const inbox = createInboxStore(db);
		const atDoor = createInboxStore(openDatabase(door, unreachable));
		const keeper = vault && keepAnchored(db, vault.anchors, logger);
		if (keeper) {
			closers.push(() => keeper.close());
			await keeper.begin();
		}
		const audit = { vault, appended: (sequence: number) => keeper?.recorded(sequence) };
		const store: Store = {
			...createStores(db, boss, audit),
			inbox: { ...inbox, accept: (...given) => atDoor.accept(...given) },
			transaction: (work) =>
				runTransaction(db, (transaction) => work(createStores(transaction, boss, audit))),
			subscribe: (heard) => listener.subscribe(heard),
			problem: createProbe(pool, unreachable),
		};
		let closed: Promise<void> | undefined;
		return { store, jobs, prune: (age) => prune(db, age), close: () => (closed ??= closeAll()) };
	} catch (error) {
		await closeAll();
		throw toStoreError(error);
	}
}
