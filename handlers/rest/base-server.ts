import { randomUUID } from "node:crypto";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { AppError } from "../../src/domain/errors.ts";
import { readJsonBody } from "../../src/domain/read-json-body.ts";
import type { Logger } from "../../src/ports/logger.ts";
import { checkHost, type OwnAddress } from "./check-origin.ts";
import { asAppError, errorResponse } from "./error-response.ts";
import { type FrontDoor, frontDoor } from "./front-door.ts";
import { refuseManyParts } from "./refuse-many-parts.ts";

const BODY_BYTES = 1_048_576;
const REQUEST_TIMEOUT_MS = 30_000;

/** How a server protects itself. */
export type BaseServerOptions = {
	readonly own: OwnAddress;
	/** Requests a minute from one credential, or from one address where none was shown. */
	readonly requestsPerMinute: number;
	/** Believe X-Forwarded-For: only where a proxy of ours is the one way in. */
	readonly trustProxy: boolean;
	readonly logger: Logger;
	/** Left out: nobody is turned away. */
	readonly door?: FrontDoor;
};

/** A server without routes: what holds for every request, whatever it asks for. */
export async function baseServer(options: BaseServerOptions): Promise<FastifyInstance> {
	const { logger, own } = options;
	const app = Fastify({
		logger: false,
		bodyLimit: BODY_BYTES,
		requestTimeout: REQUEST_TIMEOUT_MS,
		...(options.door ? { serverFactory: frontDoor(options.door, REQUEST_TIMEOUT_MS) } : {}),
		trustProxy: options.trustProxy,
		requestIdHeader: false,
		genReqId: () => randomUUID(),
		forceCloseConnections: "idle",
		frameworkErrors: (error, request, reply) => answerError(logger, error, request, reply),
		clientErrorHandler: (_error, socket) => {
			if (socket.writable) socket.end(UNREADABLE);
		},
	});
	app.addHook("onRequest", async (request, reply) => {
		reply.header("x-request-id", request.id);
		if (/^\/(api|metrics)(\/|\?|$)/.test(request.url)) reply.header("cache-control", "no-store");
		checkHost(own, request.headers.host);
	});
	app.addHook("onResponse", async (request, reply) => {
		const { method, id, ip } = request;
		const { statusCode, elapsedTime } = reply;
		const route = request.routeOptions.url ?? "unmatched";
		logger.debug("Request.", {
			requestId: id,
			method,
			route,
			status: statusCode,
			milliseconds: elapsedTime,
			ip,
		});
	});
	app.setErrorHandler((error, request, reply) => answerError(logger, error, request, reply));
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		"application/json",
		{ parseAs: "buffer" },
		async (request: FastifyRequest, body: Buffer) => {
			if ((request.headers["content-encoding"] ?? "identity") !== "identity")
				throw new AppError("unsupported", "Compressed bodies are not read here; send the body as it is.");
			refuseManyParts(body);
			return readJsonBody(body);
		},
	);
	await app.register(helmet, helmetOptions(own));
	await app.register(cookie);
	await app.register(rateLimit, {
		max: options.requestsPerMinute,
		timeWindow: 60_000,
		cache: 5000,
		keyGenerator: keyOf,
		allowList: (request) => request.url === "/healthz" || request.url === "/readyz",
		errorResponseBuilder: (_request, { ttl }) =>
			new AppError("limited", "Too many requests; wait a moment and try again.", {
				retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)),
			}),
	});
	return app;
}

/** Signed-in people have a bound of their own; everybody else shares their address's. */
function keyOf(request: FastifyRequest): string {
	const { identified } = request;
	return identified && "caller" in identified
		? `credential:${identified.caller.credential.id}`
		: `ip:${request.ip}`;
}

function answerError(logger: Logger, thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
	const { status, headers, problem } = errorResponse(thrown, request.routeOptions?.bodyLimit);
	const { error } = asAppError(thrown);
	const fields = {
		requestId: request.id,
		method: request.method,
		status,
		detail: error.detail,
		error: thrown,
	};
	if (status >= 500) logger.error("A request failed.", fields);
	else logger.debug("A request was refused.", fields);
	reply.code(status).headers(headers).serializer(JSON.stringify).send(problem);
}

const UNREADABLE = (() => {
	const { problem } = errorResponse(new AppError("invalid", "The request is not valid HTTP; correct it."));
	const body = JSON.stringify(problem);
	return [
		"HTTP/1.1 400 Bad Request",
		"Content-Type: application/problem+json; charset=utf-8",
		`Content-Length: ${Buffer.byteLength(body)}`,
		"Connection: close",
		"",
		body,
	].join("\r\n");
})();

function helmetOptions(own: OwnAddress) {
	return {
		contentSecurityPolicy: {
			useDefaults: false,
			directives: {
				"default-src": ["'self'"],
				"script-src": ["'self'"],
				"style-src": ["'self'"],
				"img-src": ["'self'", "data:"],
				"font-src": ["'self'"],
				"connect-src": ["'self'"],
				"object-src": ["'none'"],
				"base-uri": ["'none'"],
				"form-action": ["'self'"],
				"frame-ancestors": ["'none'"],
			},
		},
		frameguard: { action: "deny" as const },
		referrerPolicy: { policy: "no-referrer" as const },
		hsts: own.publicUrl?.protocol === "https:" ? { maxAge: 31_536_000 } : false,
	};
}
