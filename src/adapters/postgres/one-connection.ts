import { AsyncLocalStorage } from "node:async_hooks";
import { AppError } from "../../domain/errors.ts";

const transactions = new AsyncLocalStorage<{ open: boolean }>();

/** Runs a transaction's work so that `refuseSecondConnection` knows what belongs to it. */
export async function withOneConnection<T>(work: () => Promise<T>): Promise<T> {
	const span = { open: true };
	try {
		return await transactions.run(span, work);
	} finally {
		span.open = false;
	}
}

/**
 * Refuses work of an open transaction that asks for another connection: with as many of them as the pool has
 * connections each would wait for the others. AppError `internal`.
 */
export function refuseSecondConnection(): void {
	if (!transactions.getStore()?.open) return;
	throw new AppError("internal", "The store was asked in a way it can't answer; nothing was changed.", {
		detail: "a transaction asked for a second connection; use the stores it was given",
	});
}

/** Runs what a transaction only starts and does not wait for, as if it were started elsewhere. */
export function apartFromTransaction<T>(work: () => T): T {
	return transactions.exit(work);
}
