import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { FastifyServerFactory } from "fastify";
import { AppError } from "../../src/domain/errors.ts";
import { errorResponse } from "./error-response.ts";

/** Who is turned away, and how many were. */
export type FrontDoor = {
	/** Whether such a request to this address is turned away now, because this process is too far behind. */
	readonly isTurnedAway: (url: string, contentType: string) => boolean;
	readonly count: (url: string) => void;
};

const KEEP_ALIVE_MS = 72_000;

const { status, headers, problem } = errorResponse(
	new AppError("unavailable", "More arrives than can be taken in; try again in a moment.", {
		retryAfterSeconds: 1,
	}),
);
const REFUSAL = JSON.stringify(problem);
const HEADERS = { ...headers, "content-length": Buffer.byteLength(REFUSAL) };

/**
 * A server that turns requests away before anything reads them: saying no must cost a fraction of saying yes, or a
 * process that is behind falls back further by saying it.
 */
export function frontDoor(door: FrontDoor, requestTimeoutMs: number): FastifyServerFactory {
	return (handler) => {
		const listener = (request: IncomingMessage, response: ServerResponse) => {
			const { url = "" } = request;
			if (!door.isTurnedAway(url, request.headers["content-type"] ?? "")) return handler(request, response);
			response.writeHead(status, HEADERS).end(REFUSAL);
			door.count(url);
		};
		return createServer({ requestTimeout: requestTimeoutMs, keepAliveTimeout: KEEP_ALIVE_MS }, listener);
	};
}
