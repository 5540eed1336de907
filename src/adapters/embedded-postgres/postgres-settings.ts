import { join } from "node:path";

/** The only role of a new store. */
export const superuser = "smartcloudops";

/** The database the product uses; initdb makes it. */
export const database = "postgres";

/**
 * The server's settings. Nothing listens on the network; the sizes keep the whole server near 25 MB. Errors of
 * statements reach their client, so the server's own log keeps only what concerns the server.
 */
const settings: Readonly<Record<string, string>> = {
	listen_addresses: "",
	unix_socket_permissions: "0700",
	max_connections: "40",
	shared_buffers: "16MB",
	work_mem: "4MB",
	maintenance_work_mem: "16MB",
	jit: "off",
	io_method: "sync",
	fsync: "on",
	synchronous_commit: "on",
	wal_level: "minimal",
	max_wal_senders: "0",
	min_wal_size: "32MB",
	max_wal_size: "256MB",
	max_worker_processes: "0",
	max_parallel_workers: "0",
	max_parallel_workers_per_gather: "0",
	max_parallel_maintenance_workers: "0",
	max_logical_replication_workers: "0",
	autovacuum_worker_slots: "2",
	autovacuum_max_workers: "2",
	autovacuum_naptime: "30s",
	log_min_messages: "log",
	log_checkpoints: "off",
	timezone: "UTC",
	log_timezone: "UTC",
};

/** The server's command line for a cluster and a socket folder. */
export function postgresArguments(clusterDir: string, socketDir: string): string[] {
	const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
	return ["-D", clusterDir, "-k", socketDir, ...options];
}

/** All that the programs get of an environment: none of the product's secrets. */
export function postgresEnvironment(nativeDir: string): Record<string, string> {
	return { LD_LIBRARY_PATH: join(nativeDir, "lib"), LC_ALL: "C", TZ: "UTC", PATH: "/usr/bin:/bin" };
}
