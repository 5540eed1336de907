import { Pool, type PoolConfig, TypeOverrides, types } from "pg";
import type { Logger } from "../../ports/logger.ts";

/** Where the database is: a URL, or what `pg` takes. */
export type PostgresConnection = string | PoolConfig;

/** What every connection of ours has: a silent network is noticed after 20 s, a forgotten transaction after 60 s. */
export function clientConfig(connection: PostgresConnection): PoolConfig {
	return {
		application_name: "smartcloudops",
		connectionTimeoutMillis: 5_000,
		keepAlive: true,
		keepAliveInitialDelayMillis: 10_000,
		idle_in_transaction_session_timeout: 60_000,
		...(typeof connection === "string" ? { connectionString: connection } : connection),
	};
}

/** A pool of at most `size` connections. int8 is read as a number: our counters stay far below 2^53. */
export function openPool(connection: PostgresConnection, size: number, logger: Logger): Pool {
	const parsers = new TypeOverrides();
	parsers.setTypeParser(types.builtins.INT8, Number);
	const pool = new Pool({
		...clientConfig(connection),
		max: size,
		idleTimeoutMillis: 30_000,
		types: parsers,
	});
	pool.on("error", (error) => {
		// An embedded server that stops may be faster than the goodbye of our own connections.
		if (!pool.ending) logger.warn("A connection to the store was lost", { error });
	});
	// The pool listens to idle clients only; one lost while in use would end the process.
	pool.on("connect", (client) =>
		client.on("error", (error) => logger.debug("A connection broke", { error })),
	);
	return pool;
}
