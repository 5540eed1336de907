import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type pg from "pg";
import { AppError } from "../../domain/errors.ts";
import { cleanText } from "./clean-text.ts";
import { refuseSecondConnection } from "./one-connection.ts";
import { toStoreError } from "./to-store-error.ts";

/**
 * The pool as kysely sees it. Every statement passes here: text parameters are made storable, and errors of the
 * driver become AppErrors, so that no store has to think of either.
 */
export function guardPool(pool: pg.Pool, unreachable?: string): PostgresPool {
	return {
		options: {},
		end: () => pool.end(),
		connect: async () => {
			refuseSecondConnection();
			try {
				return guardClient(await pool.connect(), unreachable);
			} catch (error) {
				throw toStoreError(error, unreachable);
			}
		},
	};
}

function guardClient(client: pg.PoolClient, unreachable?: string): PostgresPoolClient {
	function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
	function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
	function query(statement: unknown, values: readonly unknown[] = []): unknown {
		if (typeof statement !== "string") throw new AppError("unsupported", "The store reads without cursors.");
		return client.query(statement, values.map(cleanValue)).catch((error: unknown) => {
			throw toStoreError(error, unreachable);
		});
	}
	return { query, release: (destroy) => client.release(destroy) };
}

function cleanValue(value: unknown): unknown {
	if (typeof value === "string") return cleanText(value);
	return Array.isArray(value) ? value.map(cleanValue) : value;
}
