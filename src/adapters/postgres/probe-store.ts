import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { toStoreError } from "./to-store-error.ts";

const timeoutMs = 2_000;

/**
 * A function that asks the store for a sign of life: undefined if it answers within 2 s, else one sentence on what is
 * wrong. Callers that ask while a question is under way share it, so a paused store is not flooded.
 */
export function createProbe(pool: pg.Pool, unreachable?: string): () => Promise<string | undefined> {
	let asking: Promise<string | undefined> | undefined;
	return () => {
		asking ??= ask(pool, unreachable).finally(() => {
			asking = undefined;
		});
		return asking;
	};
}

async function ask(pool: pg.Pool, unreachable?: string): Promise<string | undefined> {
	const timeout = new AbortController();
	const late = delay(
		timeoutMs,
		"The store did not answer within 2 s; check the database's load and network.",
		{
			signal: timeout.signal,
		},
	);
	// The driver drops a connection whose query timed out, so it is not handed to anybody else.
	const answer = pool.query({ text: "select 1", query_timeout: timeoutMs } as pg.QueryConfig);
	const problem = answer
		.then(() => undefined)
		.catch((error: unknown) => toStoreError(error, unreachable).message);
	try {
		return await Promise.race([problem, late]);
	} finally {
		timeout.abort();
	}
}
