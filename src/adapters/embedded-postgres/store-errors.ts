import { AppError } from "../../domain/errors.ts";

/** What a failed initdb or a server that ended early means for a person. `output` is what the program printed. */
export function explainFailure(output: string, dataDir: string, cause?: unknown): AppError {
	const options = { detail: output.slice(-4_000), cause };
	if (/No space left on device|Disk quota exceeded/.test(output))
		return new AppError(
			"unavailable",
			`The disk that holds ${dataDir} is full; free at least 200 MB, or set DATA_DIR to another disk.`,
			options,
		);
	if (/could not look up effective user/.test(output))
		return new AppError(
			"unsupported",
			"The embedded Postgres needs a user that /etc/passwd knows; run as such a user, or set DATABASE_URL.",
			options,
		);
	if (output.startsWith("Error: spawn"))
		return new AppError(
			"unsupported",
			"The embedded Postgres cannot run on this system (it needs Linux with glibc); set DATABASE_URL.",
			options,
		);
	if (/Permission denied|Read-only file system/.test(output)) return cannotWrite(dataDir, options);
	return new AppError(
		"unavailable",
		`The embedded Postgres in ${dataDir} did not start; see ${dataDir}/postgres.log, or set DATABASE_URL.`,
		options,
	);
}

/** A folder of ours that cannot be written. */
function cannotWrite(
	dataDir: string,
	options: { readonly detail?: string; readonly cause?: unknown },
): AppError {
	return new AppError(
		"forbidden",
		`The data folder ${dataDir} cannot be written; make it writable or set DATA_DIR to another folder.`,
		options,
	);
}

/** A file operation's error as the sentence that fits it; other errors pass unchanged. */
export function explainFileError(error: unknown, dataDir: string): unknown {
	if (!(error instanceof Error) || !("code" in error)) return error;
	if (error.code === "ENOSPC" || error.code === "EDQUOT")
		return explainFailure("No space left on device", dataDir, error);
	if (["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].includes(String(error.code)))
		return cannotWrite(dataDir, { cause: error });
	return error;
}
