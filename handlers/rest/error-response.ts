import { STATUS_CODES } from "node:http";
import type { z } from "zod";
import { AppError, type ErrorCode, toAppError } from "../../src/domain/errors.ts";
import type { Problem } from "./api-schema.ts";

const STATUS: Readonly<Record<ErrorCode, number>> = {
	invalid: 400,
	unauthenticated: 401,
	forbidden: 403,
	not_found: 404,
	conflict: 409,
	gone: 410,
	unsupported: 422,
	limited: 429,
	internal: 500,
	unavailable: 503,
};

/** What the server itself refuses, in our words; the key is the status it chose. */
const REFUSED: Readonly<Record<number, readonly [ErrorCode, string]>> = {
	400: ["invalid", "The request can't be read; send valid JSON in UTF-8."],
	404: ["not_found", "There is nothing at this address."],
	408: ["limited", "The request took too long to arrive; send it again."],
	414: ["invalid", "The address is too long; send less in it."],
	415: ["unsupported", "Only JSON is read here; send it with the content type application/json."],
	431: ["invalid", "The headers are too large; send less in them."],
};

/** The body, the headers and the status of a refusal. */
export type ErrorResponse = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly problem: z.infer<typeof Problem>;
};

const MEGABYTE = 1_048_576;

/**
 * What the web server throws by itself carries a status below 500; everything else unknown is our own fault.
 * `bodyBytes`: the largest body that the address takes.
 */
export function asAppError(
	error: unknown,
	bodyBytes: number = MEGABYTE,
): { readonly error: AppError; readonly status: number } {
	if (error instanceof AppError) return { error, status: STATUS[error.code] };
	// The server's errors are not instances of Error in every realm, so they are known by what they carry.
	const carries = typeof error === "object" && error !== null && "statusCode" in error;
	const status = carries ? Number(error.statusCode) : Number.NaN;
	if (status === 413) {
		const sentence = `The request is larger than ${Math.round(bodyBytes / MEGABYTE)} MB; send less.`;
		return { error: new AppError("invalid", sentence, { cause: error }), status };
	}
	if (status >= 400 && status < 500) {
		const [code, sentence] = REFUSED[status] ?? ["invalid", "The request can't be served as it is."];
		return { error: new AppError(code, sentence, { cause: error }), status };
	}
	return { error: toAppError(error), status: 500 };
}

/** The one mapping of errors to HTTP: RFC 9457 problems without stack traces or secrets. `bodyBytes` as `asAppError`. */
export function errorResponse(thrown: unknown, bodyBytes?: number): ErrorResponse {
	const { error, status } = asAppError(thrown, bodyBytes);
	const { state } = error.extra;
	const headers: Record<string, string> = { "content-type": "application/problem+json; charset=utf-8" };
	if (error.retryAfterSeconds !== undefined)
		headers["retry-after"] = String(Math.max(1, Math.ceil(error.retryAfterSeconds)));
	if (status === 401) headers["www-authenticate"] = 'Bearer realm="SmartCloudOps"';
	return {
		status,
		headers,
		problem: {
			type: "about:blank",
			title: STATUS_CODES[status] ?? "Error",
			status,
			detail: error.message,
			code: error.code,
			...(state === undefined ? {} : { state: String(state) }),
			...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
		},
	};
}
