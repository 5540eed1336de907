/** What went wrong, in kinds a caller can act on. Entry points map a kind to their own status once. */
export type ErrorCode =
	| "invalid" // the input does not fit; the same input will never fit
	| "unsupported" // well-formed, but not something this installation can do
	| "unauthenticated"
	| "forbidden"
	| "not_found"
	| "conflict" // somebody or something else decided first
	| "gone" // its time is over
	| "limited" // too much at once; try again later
	| "unavailable" // a part we depend on did not answer
	| "internal";

/** Options of an AppError: `detail` goes to the log only, `retryAfterSeconds` says when another try may help. */
export type AppErrorOptions = {
	readonly detail?: string;
	readonly retryAfterSeconds?: number;
	readonly cause?: unknown;
	/** Public, typed extras for the caller (for example the state an approval is in). Never secrets. */
	readonly extra?: Readonly<Record<string, string | number | boolean>>;
};

/**
 * The one error type that reaches people. `message` is public: one sentence that says what happened and what to do.
 * Everything else about the failure belongs in `detail` or `cause`, which only the log sees.
 */
export class AppError extends Error {
	readonly code: ErrorCode;
	readonly detail: string | undefined;
	readonly retryAfterSeconds: number | undefined;
	readonly extra: Readonly<Record<string, string | number | boolean>>;

	constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = "AppError";
		this.code = code;
		this.detail = options.detail;
		this.retryAfterSeconds = options.retryAfterSeconds;
		this.extra = options.extra ?? {};
	}
}

/** The error as an AppError; anything unknown becomes `internal` with its text kept for the log only. */
export function toAppError(error: unknown): AppError {
	if (error instanceof AppError) return error;
	const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return new AppError("internal", "Something went wrong on our side; the log has the detail.", {
		detail,
		cause: error,
	});
}
