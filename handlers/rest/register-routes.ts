import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { hasRole } from "../../src/domain/actor.ts";
import { AppError, toAppError } from "../../src/domain/errors.ts";
import { clockText, replaceTimesDeep } from "../../src/domain/time-text.ts";
import { checkCsrf, checkOrigin, type OwnAddress } from "./check-origin.ts";
import { createIdempotency, type Idempotency } from "./idempotency.ts";
import { type Caller, identifyCaller, SESSION_COOKIE } from "./identify-caller.ts";
import { IdParams, NoQuery, TimeZone } from "./query-schema.ts";
import type { RestDeps } from "./rest-deps.ts";
import { AUTHS, isReply, type Reply, type Route } from "./route.ts";
import { serializerCompiler, validatorCompiler } from "./zod-compilers.ts";

declare module "fastify" {
	interface FastifyContextConfig {
		/** The line of the route table. */
		entry?: Route;
	}
	interface FastifyRequest {
		/** Who sends the request, or why that is not known. Null on routes that need nobody. */
		identified: { readonly caller: Caller } | { readonly refused: AppError } | null;
	}
}

/** How the server is reached, and so what its cookies and origins look like. */
export type RegisterOptions = { readonly own: OwnAddress };

/** Puts the table on a server. Throws for an entry that does not say who may use it, or says it twice. */
export function registerRoutes(
	app: FastifyInstance,
	routes: readonly Route[],
	deps: RestDeps,
	options: RegisterOptions,
): void {
	app.decorateRequest("identified", null);
	app.setValidatorCompiler(validatorCompiler);
	app.setSerializerCompiler(serializerCompiler);
	const idempotency = createIdempotency(deps.store.replies);
	const secure = options.own.publicUrl?.protocol === "https:";
	for (const entry of routes) {
		if (!AUTHS.includes(entry.auth))
			throw new TypeError(`The route ${entry.method} ${entry.path} does not say who may use it.`);
		const admit = entry.large ? largeBodies(entry.large.atOnce) : () => undefined;
		app.route({
			method: entry.method,
			url: entry.path,
			...(entry.large ? { bodyLimit: entry.large.bytes } : {}),
			config: {
				entry,
				...(entry.perMinute ? { rateLimit: { max: entry.perMinute, timeWindow: 60_000 } } : {}),
			},
			exposeHeadRoute: entry.method === "GET" && entry.response !== "text/event-stream",
			schema: {
				querystring: entry.query ?? NoQuery,
				...(entry.path.includes("/:id") ? { params: IdParams } : {}),
				...(entry.body ? { body: entry.body } : {}),
				...(entry.response instanceof z.ZodType ? { response: { 200: entry.response } } : {}),
			},
			onRequest: (request) => identify(request, entry, deps),
			preParsing: async (request, reply) => {
				authorize(request, entry, options.own);
				admit(reply);
			},
			handler: async (request, reply) => {
				const result = await run(request, entry, deps, idempotency).catch((error: unknown) => {
					throw refusalInReadersZone(error, request, deps);
				});
				return isReply(result) ? send(reply, result, secure) : inReadersZone(result, request, deps);
			},
		});
	}
}

async function identify(request: FastifyRequest, entry: Route, deps: RestDeps): Promise<void> {
	if (entry.auth === "none") return;
	const { authorization } = request.headers;
	const cookie = request.cookies[SESSION_COOKIE];
	try {
		request.identified = { caller: await identifyCaller(deps.store.people, { authorization, cookie }) };
	} catch (error) {
		request.identified = { refused: toAppError(error) };
	}
}

/** The second half of authentication, apart from the first so that refused requests count for the rate limit. */
function authorize(request: FastifyRequest, entry: Route, own: OwnAddress): void {
	const { headers, identified } = request;
	const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(",") : value);
	const from = {
		origin: headers.origin,
		fetchSite: one(headers["sec-fetch-site"]),
		host: headers.host,
		csrfToken: one(headers["x-csrf-token"]),
	};
	if (entry.auth === "none") {
		if (entry.method !== "GET") checkOrigin(own, from);
		return;
	}
	if (!identified) throw new AppError("internal", "The request was not identified.");
	if ("refused" in identified) throw identified.refused;
	const { caller } = identified;
	if (!hasRole(caller.actor.person.role, entry.auth))
		throw new AppError("forbidden", `This needs the role ${entry.auth}; ask an admin for it.`);
	if (entry.method !== "GET" && caller.credential.kind === "session") checkCsrf(own, from, caller.secret);
}

/** Admits so many requests at once: what they send is held in memory several times over until they are answered. */
function largeBodies(atOnce: number): (reply: FastifyReply) => void {
	let admitted = 0;
	return (reply) => {
		if (admitted >= atOnce)
			throw new AppError(
				"limited",
				`${atOnce} such requests are answered at once; send this one again in a moment.`,
				{ retryAfterSeconds: 1 },
			);
		admitted += 1;
		reply.raw.once("close", () => {
			admitted -= 1;
		});
	};
}

async function run(
	request: FastifyRequest,
	entry: Route,
	deps: RestDeps,
	idempotency: Idempotency,
): Promise<unknown> {
	const caller = request.identified && "caller" in request.identified ? request.identified.caller : undefined;
	const params = IdParams.safeParse(request.params);
	const { query, body, ip } = request;
	const timeZone = readersZone(request, deps);
	const input = { caller, id: params.success ? params.data.id : "", query, body, ip, timeZone };
	const work = () => entry.handler(deps, input);
	const key = request.headers["idempotency-key"];
	if (entry.method === "GET" || key === undefined || !caller) return work();
	if (typeof key !== "string" || !/^[\x21-\x7e]{1,200}$/.test(key))
		throw new AppError("invalid", "An Idempotency-Key is 1 to 200 printable characters without spaces.");
	return idempotency.once(
		{ credentialId: caller.credential.id, secret: caller.secret },
		key,
		{ method: entry.method, url: request.url, body },
		work,
	);
}

/** The zone the reader names in `x-time-zone`, or else the installation's. */
function readersZone(request: FastifyRequest, deps: RestDeps): string {
	const named = TimeZone.safeParse(request.headers["x-time-zone"]);
	return named.success ? named.data : deps.about.timeZone;
}

/** Times inside texts, in the reader's zone. */
function inReadersZone(result: unknown, request: FastifyRequest, deps: RestDeps): unknown {
	const timeZone = readersZone(request, deps);
	const nowMs = deps.clock.now();
	return replaceTimesDeep(result, (atMs) => clockText(atMs, nowMs, timeZone));
}

/** A refusal whose sentence names times, as the reader reads them. */
function refusalInReadersZone(thrown: unknown, request: FastifyRequest, deps: RestDeps): unknown {
	if (!(thrown instanceof AppError)) return thrown;
	const message = inReadersZone(thrown.message, request, deps);
	if (typeof message !== "string" || message === thrown.message) return thrown;
	const { code, detail, retryAfterSeconds, extra } = thrown;
	const options = { detail, retryAfterSeconds, extra, cause: thrown };
	return new AppError(code, message, options);
}

function send(reply: FastifyReply, result: Reply, secure: boolean): FastifyReply {
	if (result.session) {
		const { secret, maxAgeSeconds } = result.session;
		const attributes = { httpOnly: true, sameSite: "strict", path: "/", secure } as const;
		reply.setCookie(SESSION_COOKIE, secret, { ...attributes, maxAge: maxAgeSeconds });
	}
	return reply
		.code(result.status ?? 200)
		.headers(result.headers ?? {})
		.send(result.body);
}
