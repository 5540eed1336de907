import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { StringDecoder } from "node:string_decoder";
import { AppError } from "../../domain/errors.ts";
import type { Connection } from "./connection.ts";

/** One call of the API: `form` makes it a POST. */
export type ApiCall = {
	readonly path: string;
	readonly form?: URLSearchParams;
	readonly timeoutMs: number;
	readonly signal?: AbortSignal | undefined;
	/** Takes a successful answer piece by piece; its `body` is empty then. An error it throws ends the call. */
	readonly take?: (piece: string) => void;
};

export type ApiResponse = {
	readonly status: number;
	readonly retryAfter: string | undefined;
	readonly body: string;
};

/** Largest answer that is read as a whole, and piece by piece. */
const MAX_RESPONSE_BYTES = 50 * 1024 * 1024;
const MAX_STREAMED_BYTES = 1024 * 1024 * 1024;
/** So long pieces are taken before others may have the event loop. */
const TURN_MS = 10;

/**
 * Sends one call and reads the whole answer, whatever its status; follows no redirects. Throws `unavailable` when
 * there is no answer in time, `limited` when it is larger than 50 MB. A kept connection that the server has closed
 * meanwhile is tried once more: queries change nothing.
 */
export async function send(connection: Connection, call: ApiCall): Promise<ApiResponse> {
	if (call.signal?.aborted) throw cancelled();
	const deadlineMs = performance.now() + call.timeoutMs;
	try {
		return await attempt(connection, call, deadlineMs);
	} catch (error) {
		if (error instanceof StaleSocketError) return attempt(connection, call, deadlineMs);
		throw error;
	}
}

class StaleSocketError extends Error {}

function attempt(connection: Connection, call: ApiCall, deadlineMs: number): Promise<ApiResponse> {
	return new Promise((resolve, reject) => {
		const body = call.form?.toString();
		const sent = open(connection, call, body);
		const finish = (outcome: ApiResponse | Error): void => {
			clearTimeout(timer);
			call.signal?.removeEventListener("abort", onAbort);
			if (outcome instanceof Error) {
				reject(outcome);
				sent.destroy();
			} else resolve(outcome);
		};
		let begun = false;
		const onAbort = (): void => finish(cancelled());
		const late = (): void =>
			finish(
				new AppError(
					"unavailable",
					`Prometheus at ${connection.name} did not answer within ${call.timeoutMs} ms.`,
				),
			);
		const timer = setTimeout(late, Math.max(1, deadlineMs - performance.now()));
		call.signal?.addEventListener("abort", onAbort, { once: true });
		sent.on("error", (error: NodeJS.ErrnoException) =>
			finish(
				sent.reusedSocket && !begun && error.code === "ECONNRESET"
					? new StaleSocketError()
					: unreachable(connection, error),
			),
		);
		sent.on("response", (response) => {
			begun = true;
			if (call.take && response.statusCode === 200) stream(response, connection, call.take, finish);
			else collect(response, connection, finish);
		});
		sent.end(body);
	});
}

function open(
	{ baseUrl, headers, agent }: Connection,
	call: ApiCall,
	body: string | undefined,
): ClientRequest {
	const url = new URL(baseUrl);
	const [path = "", search = ""] = call.path.split("?");
	url.pathname = `${baseUrl.pathname.replace(/\/$/, "")}/api/v1/${path}`;
	url.search = search;
	const form =
		body === undefined
			? {}
			: { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) };
	return (url.protocol === "https:" ? httpsRequest : httpRequest)(url, {
		method: body === undefined ? "GET" : "POST",
		headers: { accept: "application/json", "accept-encoding": "identity", ...headers, ...form },
		agent,
	});
}

function collect(
	response: IncomingMessage,
	connection: Connection,
	finish: (outcome: ApiResponse | Error) => void,
): void {
	const chunks: Buffer[] = [];
	let size = 0;
	response.on("data", (chunk: Buffer) => {
		size += chunk.length;
		chunks.push(chunk);
		if (size > MAX_RESPONSE_BYTES)
			finish(
				new AppError(
					"limited",
					"Prometheus' answer is larger than 50 MB; use a narrower query or a larger step.",
				),
			);
	});
	response.on("error", (error) => finish(unreachable(connection, error)));
	response.on("end", () =>
		finish({
			status: response.statusCode ?? 0,
			retryAfter: response.headers["retry-after"],
			body: Buffer.concat(chunks).toString("utf8"),
		}),
	);
}

/** Hands the answer over as it comes; the server waits while nobody takes it, so that little of it is in memory. */
function stream(
	response: IncomingMessage,
	connection: Connection,
	take: (piece: string) => void,
	finish: (outcome: ApiResponse | Error) => void,
): void {
	const decoder = new StringDecoder("utf8");
	let size = 0;
	let turnMs = performance.now();
	const guarded = (piece: string) => {
		try {
			take(piece);
			return true;
		} catch (error) {
			finish(error instanceof Error ? error : new Error("unreadable", { cause: error }));
			return false;
		}
	};
	response.on("data", (chunk: Buffer) => {
		size += chunk.length;
		if (size > MAX_STREAMED_BYTES) {
			finish(new AppError("limited", "Prometheus' answer is larger than 1 GB; use a narrower query."));
			return;
		}
		if (!guarded(decoder.write(chunk)) || performance.now() - turnMs < TURN_MS) return;
		response.pause();
		setImmediate(() => {
			turnMs = performance.now();
			response.resume();
		});
	});
	response.on("error", (error) => finish(unreachable(connection, error)));
	response.on("end", () => {
		if (guarded(decoder.end()))
			finish({ status: 200, retryAfter: response.headers["retry-after"], body: "" });
	});
}

function cancelled(): AppError {
	return new AppError("unavailable", "The query was cancelled.");
}

function unreachable({ name }: Connection, error: NodeJS.ErrnoException): AppError {
	const code = error.code ?? "no connection";
	const hint = /CERT|SIGNED|TLS|SSL|ISSUER/.test(code)
		? "if its certificate comes from your own authority, set PROMETHEUS_CA_FILE"
		: "check PROMETHEUS_URL and that it is running";
	return new AppError("unavailable", `Prometheus at ${name} can't be reached (${code}); ${hint}.`, {
		retryAfterSeconds: 10,
		cause: error,
	});
}
