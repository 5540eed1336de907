/** What an error of the SDK says of itself, without its text. */
export type AwsFailure = {
	/** The SDK's name of it, such as `UnauthorizedOperation`. */
	readonly name: string;
	/** The system's code, such as `ECONNREFUSED`. */
	readonly code: string | undefined;
	/** The status of the reply; undefined where there was none. */
	readonly status: number | undefined;
	/** What AWS wrote, for the log only; at most 500 characters on one line. */
	readonly text: string;
};

/** Reads an error that a call of the SDK ended with. Pure; never throws. */
export function readFailure(error: unknown): AwsFailure {
	const fields: Record<string, unknown> = typeof error === "object" && error !== null ? { ...error } : {};
	const named = error instanceof Error ? error : undefined;
	return {
		name: short(named?.name) ?? "unknown",
		code: short(fields.code),
		status: statusOf(fields.$metadata),
		text: (named?.message ?? String(error)).replace(/\s+/g, " ").slice(0, 500),
	};
}

function short(value: unknown): string | undefined {
	return typeof value === "string" && /^[\w.:-]{1,100}$/.test(value) ? value : undefined;
}

function statusOf(metadata: unknown): number | undefined {
	if (typeof metadata !== "object" || metadata === null) return undefined;
	return "httpStatusCode" in metadata && typeof metadata.httpStatusCode === "number"
		? metadata.httpStatusCode
		: undefined;
}
