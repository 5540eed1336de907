import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import { CONSOLE } from "../src/domain/routing.ts";
import type { WebhookEndpoint } from "../src/ports/webhook-endpoint.ts";
import { listenProblem } from "./listen-problem.ts";
import { type CountDelivery, registerWebhooks } from "./register-webhooks.ts";
import { baseServer } from "./rest/base-server.ts";
import { eventHub } from "./rest/event-hub.ts";
import { measureRequests } from "./rest/http-metrics.ts";
import { openApiOptions } from "./rest/open-api.ts";
import { registerRoutes } from "./rest/register-routes.ts";
import type { RestDeps } from "./rest/rest-deps.ts";
import { ROUTES } from "./rest/routes.ts";
import { serveConsole } from "./rest/static-console.ts";
import { routeChatEvent } from "./route-chat-event.ts";
import { renderMessage } from "./web-console/render-message.ts";
import { sayInConsole } from "./web-console/say-in-console.ts";

/** Where and how to listen. */
export type HttpServerOptions = {
	readonly host: string;
	/** 0 takes a free one. */
	readonly port: number;
	/** The address people use, where it is not that of the server itself. */
	readonly publicUrl?: URL;
	/** The folder of the built console. */
	readonly webRoot: string;
	/** Believe X-Forwarded-For; default false. */
	readonly trustProxy?: boolean;
	/** Requests a minute for one credential or address; default 1,200. */
	readonly requestsPerMinute?: number;
};

/** What the server is made from. */
export type HttpServerDeps = Omit<
	RestDeps,
	"console" | "events" | "renderMessage" | "metricsText" | "notReady" | "openApi"
> & {
	/** Where the server's own metrics are counted, and what /metrics shows. */
	readonly registry: Registry;
	/** Addresses that other programs post to. */
	readonly webhooks: readonly WebhookEndpoint[];
	readonly countWebhook: CountDelivery;
	/** How far this process is behind its work, in milliseconds. */
	readonly lagMs: () => number;
	/** Why no work should be sent here, one sentence each; the store and draining are added by the server. */
	readiness(): Promise<readonly string[]>;
};

/** One server on one port: the HTTP interface, the console, live changes. */
export type HttpServer = {
	readonly app: FastifyInstance;
	/** Listens; gives the address it listens on. AppErrors: `conflict` (port in use), `invalid` (no such address). */
	start(): Promise<string>;
	/** Ends live connections, lets running requests finish for at most `graceSeconds`, then closes. */
	stop(graceSeconds: number): Promise<void>;
};

/** Connections that wait to be taken: one more is not refused but dropped, and comes again only after a second. */
const BACKLOG = 4096;
/** Whoever is so late would acknowledge what its sender has given up on. */
const MOST_LAG_MS = 250;
/** For what comes once only: later than this its sender, who waits three seconds, would not hear it. */
const MOST_LAG_ONCE_MS = 1500;

/** Builds the server; it does not listen yet. */
export async function createHttpServer(
	options: HttpServerOptions,
	deps: HttpServerDeps,
): Promise<HttpServer> {
	const { registry, webhooks, countWebhook, lagMs, ...shared } = deps;
	const deliveries = new Map(webhooks.map((endpoint) => [endpoint.path, endpoint]));
	const { store, logger, clock, about, useCases } = deps;
	const own = { host: options.host, publicUrl: options.publicUrl };
	const app = await baseServer({
		own,
		logger,
		requestsPerMinute: options.requestsPerMinute ?? 1200,
		trustProxy: options.trustProxy ?? false,
		// Their senders try again; people don't, so they are served however late.
		door: {
			isTurnedAway: (url, contentType) => {
				const endpoint = deliveries.get(url);
				const isRepeated = endpoint?.isRepeated?.(contentType) ?? true;
				return endpoint !== undefined && lagMs() > (isRepeated ? MOST_LAG_MS : MOST_LAG_ONCE_MS);
			},
			count: (url) => countWebhook(url, 503, 0),
		},
	});
	const events = eventHub({ store, logger });
	let draining = false;
	app.addHook("preClose", async () => events.close());
	measureRequests(app, registry, () => events.connections);
	await app.register(swagger, openApiOptions(about.version));
	const chat = { clock, timeZone: about.timeZone, ...useCases };
	const rest: RestDeps = {
		...shared,
		events,
		renderMessage,
		console: {
			conversation: CONSOLE.id,
			say: (actor, text, timeZone) =>
				sayInConsole({ store, logger, route: (event) => routeChatEvent(chat, event) }, actor, text, timeZone),
		},
		metricsText: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
		notReady: async () => {
			if (draining) return ["The server is stopping."];
			const problem = await store.problem();
			return [...(problem ? [problem] : []), ...(await deps.readiness())];
		},
		openApi: () => app.swagger(),
	};
	registerRoutes(app, ROUTES, rest, { own });
	await registerWebhooks(app, webhooks, countWebhook);
	await serveConsole(app, options.webRoot);

	return {
		app,
		start: () => listen(app, options.host, options.port),
		async stop(graceSeconds) {
			draining = true;
			const force = setTimeout(() => app.server.closeAllConnections(), graceSeconds * 1000);
			await app.close().finally(() => clearTimeout(force));
		},
	};
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
	try {
		return await app.listen({ host, port, backlog: BACKLOG });
	} catch (error) {
		throw listenProblem(error, host, port);
	}
}
