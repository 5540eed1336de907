import { types } from "node:util";
import { DatabaseError } from "pg";
import { AppError } from "../../domain/errors.ts";

/** The SQLSTATE of a server's error, also where it is the cause of an AppError; undefined for other errors. */
function sqlStateOf(error: unknown): string | undefined {
	if (error instanceof DatabaseError) return error.code;
	return error instanceof AppError ? sqlStateOf(error.cause) : undefined;
}

/** Whether the same transaction may succeed if it is run again: serialization failure or deadlock. */
export function isRetryable(error: unknown): boolean {
	const state = sqlStateOf(error);
	return state === "40001" || state === "40P01";
}

/**
 * What Postgres or its driver reported, as an AppError: `conflict` (a unique rule), `not_found` (a reference to
 * nothing), `unavailable` (no connection, no room, a lock not granted) or `internal`. AppErrors pass unchanged.
 * @param unreachable the sentence where there is no connection; by default to check the database and its address
 */
export function toStoreError(error: unknown, unreachable = notReached): AppError {
	if (error instanceof AppError) return error;
	const options = { detail: detailOf(error), cause: error };
	const state = sqlStateOf(error);
	if (state === "23505")
		return new AppError(
			"conflict",
			"Somebody else was faster; look at what is there now and try again.",
			options,
		);
	if (state === "23503")
		return new AppError("not_found", "What this refers to does not exist; look it up again.", options);
	const trouble = troubleOf(error);
	if (trouble)
		return new AppError("unavailable", trouble === notReached ? unreachable : trouble, {
			...options,
			retryAfterSeconds: 5,
		});
	return new AppError("internal", "The store refused this; the log has the detail.", options);
}

/** One sentence on why the store can't work right now, or undefined if the error is about something else. */
function troubleOf(error: unknown): string | undefined {
	if (error instanceof AppError) return troubleOf(error.cause);
	const state = sqlStateOf(error);
	if (state === undefined && isDriverError(error))
		return error.message.startsWith("SASL") ? signInRefused : notReached;
	if (state === undefined) return undefined;
	const known = Object.keys(troubles).find((prefix) => state.startsWith(prefix));
	return known === undefined ? undefined : troubles[known];
}

/** Whether the database was not reached at all, or was lost. */
export function isUnreachable(error: unknown): boolean {
	return troubleOf(error) === notReached;
}

const notReached =
	"The store can't be reached; check that the database is running and that its address is right.";

/** The driver itself reports a password that is missing, as an error of SASL. */
const signInRefused = "The database refuses our sign-in; check user and password in DATABASE_URL.";

/** Sentences by the beginning of the SQLSTATE (Postgres' documentation, appendix A). */
const troubles: Readonly<Record<string, string>> = {
	"08": notReached,
	"25006": "The database takes no writes now; check whether it is a standby.",
	"25P03": "The store gave up on a change that took too long; try again.",
	"28": signInRefused,
	"3D": "The database named in DATABASE_URL does not exist; create it or correct the name.",
	"40": "Too many changes met at once; try again in a moment.",
	"53": "The database is out of disk space, memory or connections; free some and try again.",
	"55P03": "Something else holds what this needs; try again in a moment.",
	"57": "The database is stopping or starting; try again in a few seconds.",
	"58": "The database has trouble with its disk; look at its log.",
};

/** The driver reports a lost connection as a plain Error or a system's; mistakes of code have other names. */
function isDriverError(error: unknown): error is Error {
	return types.isNativeError(error) && error.name === "Error";
}

function detailOf(error: unknown): string {
	if (error instanceof DatabaseError)
		return [error.code, error.message, error.constraint].filter(Boolean).join(" ");
	return types.isNativeError(error) ? error.message : String(error);
}
