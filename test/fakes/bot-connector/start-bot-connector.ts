import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Activity, ActivitySource } from "./activities.ts";
import { answerConnectorCall } from "./connector-api.ts";
import { type Conversations, makeConversations } from "./conversations.ts";
import { type Answer, connectorError } from "./http-answer.ts";
import { type KeySet, makeKeySet } from "./key-set.ts";
import { signDelivery, type TokenKind } from "./sign-delivery.ts";
import { makeSigningKey } from "./signing-key.ts";
import { type AppRegistration, answerTokenRequest } from "./token-endpoint.ts";

/** What the connector does with a call instead of answering it; `times` 1 unless told, `only` picks calls. */
export type ConnectorFault = {
	readonly kind: "limited" | "conflict" | "bad-gateway" | "gateway-timeout" | "hang" | "removed" | "cut";
	readonly retryAfterSeconds?: number;
	readonly times?: number;
	readonly only?: (request: SeenRequest) => boolean;
};

/** A request that reached the fake. `status` is what it answered; 0 where it never did. */
type SeenRequest = {
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingMessage["headers"];
	readonly body: string;
	readonly status: number;
	readonly atMs: number;
};

/** What an app answered to a delivery. */
type Delivered = { readonly status: number; readonly body: unknown; readonly headers: Headers };

/** Microsoft's side on loopback: login page, signing keys, connector, and deliveries to an app. */
export type BotConnector = AppRegistration & {
	/** The login page's address, without a slash at the end. */
	readonly url: string;
	readonly openIdUrl: string;
	/** What deliveries carry as serviceUrl, with a slash at the end. */
	readonly serviceUrl: string;
	/** `host:port`, for the list of allowed hosts. */
	readonly host: string;
	readonly keys: KeySet;
	readonly conversations: Conversations;
	/** From here activities.ts makes activities. */
	readonly source: ActivitySource;
	/** Requests for tokens and to the connector, oldest first. */
	readonly requests: readonly SeenRequest[];
	readonly issuedTokens: ReadonlySet<string>;
	/** Tokens issued so far are refused with 401 from now on. */
	revokeTokens(): void;
	changePassword(password: string): void;
	fault(fault: ConnectorFault): void;
	healAll(): void;
	/** Posts an activity to an app, signed; `token` says what is wrong with the token. */
	deliver(appUrl: string, activity: Activity, options?: DeliverOptions): Promise<Delivered>;
	close(): Promise<void>;
};

type DeliverOptions = {
	readonly token?: TokenKind;
	/** Sent in place of the activity. */
	readonly rawBody?: string | Uint8Array;
	readonly headers?: Readonly<Record<string, string>>;
	/** The token's own serviceurl where it is not the fake's. */
	readonly serviceUrl?: string;
	/** The wall clock of the signer in Unix milliseconds. */
	readonly nowMs?: number;
};

const APP_ID = "11111111-2222-4333-8444-555555555555";
const TENANT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

/** Starts the fake on a free port of loopback. */
export async function startBotConnector(app: Partial<AppRegistration> = {}): Promise<BotConnector> {
	const registration = { appId: APP_ID, appPassword: "a secret of the test", tenant: TENANT, ...app };
	let password = registration.appPassword;
	const keys = makeKeySet();
	const loginKey = makeSigningKey("login-1");
	const conversations = makeConversations();
	const requests: SeenRequest[] = [];
	const issued = new Set<string>();
	const honoured = new Set<string>();
	let faults: (ConnectorFault & { left: number })[] = [];
	let counter = 1_763_629_300_000;
	let base = "";

	const answer = async (method: string, path: string, seen: SeenRequest): Promise<Answer> => {
		if (path === "/v1/.well-known/openidconfiguration") return keys.metadata(base);
		if (path === "/v1/.well-known/keys") return keys.keys();
		const login = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(path);
		if (login && method === "POST") {
			const before = issued.size;
			const current = { ...registration, appPassword: password };
			const given = await answerTokenRequest(
				current,
				loginKey,
				{ tenant: login[1] ?? "", body: seen.body },
				issued,
			);
			if (issued.size > before) honoured.add([...issued].at(-1) ?? "");
			return given;
		}
		if (!path.startsWith("/teams/")) return connectorError(404, "NotFound", "There is nothing here.");
		const fault = faults.find(({ left, only }) => left > 0 && (only?.(seen) ?? true));
		if (fault) {
			fault.left -= 1;
			return faultAnswer(fault);
		}
		const token = /^Bearer (.+)$/.exec(seen.headers.authorization ?? "")?.[1];
		if (token === undefined || !honoured.has(token))
			return connectorError(401, "Unauthorized", "Authorization has been denied for this request.");
		return answerConnectorCall(conversations, { method, path: path.slice("/teams".length), body: seen.body });
	};
	const serve = async (request: IncomingMessage, response: ServerResponse) => {
		const { method = "GET", headers } = request;
		const { pathname } = new URL(request.url ?? "/", "http://fake");
		const body = await receive(request);
		const seen = { method, path: pathname, headers, body, status: 0, atMs: Date.now() };
		const given = await answer(method, pathname, seen);
		if (!pathname.startsWith("/v1/"))
			requests.push({ ...seen, status: typeof given === "string" ? 0 : given.status });
		if (given === "cut") response.socket?.destroy();
		else if (given !== "hang") send(response, given);
	};
	const server = createServer((request, response) => void serve(request, response));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	base = `http://${host}`;
	const serviceUrl = `${base}/teams/`;
	return {
		...registration,
		url: base,
		host,
		openIdUrl: `${base}/v1/.well-known/openidconfiguration`,
		serviceUrl,
		keys,
		conversations,
		source: {
			serviceUrl,
			appId: registration.appId,
			tenant: registration.tenant,
			nextId: () => `${++counter}`,
		},
		requests,
		issuedTokens: issued,
		revokeTokens: () => honoured.clear(),
		changePassword(next) {
			password = next;
		},
		fault: (fault) => void faults.push({ ...fault, left: fault.times ?? 1 }),
		healAll() {
			faults = [];
		},
		async deliver(appUrl, activity, options = {}) {
			const signer = { appId: registration.appId, serviceUrl: options.serviceUrl ?? serviceUrl };
			const authorization = await signDelivery(
				options.token ?? "good",
				keys.current(),
				signer,
				options.nowMs ?? Date.now(),
			);
			const response = await fetch(appUrl, {
				method: "POST",
				headers: {
					"content-type": "application/json; charset=utf-8",
					...(authorization === undefined ? {} : { authorization }),
					...options.headers,
				},
				body: (options.rawBody ?? JSON.stringify(activity)) as string,
			});
			const text = await response.text();
			return { status: response.status, body: parsed(text), headers: response.headers };
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function faultAnswer(fault: ConnectorFault): Answer {
	const { kind, retryAfterSeconds = 1 } = fault;
	if (kind === "hang" || kind === "cut") return kind;
	if (kind === "limited") {
		const told = connectorError(429, "TooManyRequests", "Requests are throttled.");
		return typeof told === "string" ? told : { ...told, headers: { "retry-after": `${retryAfterSeconds}` } };
	}
	if (kind === "conflict")
		return connectorError(412, "PreconditionFailed", "Concurrent requests on a thread.");
	if (kind === "removed")
		return connectorError(
			403,
			"BotNotInConversationRoster",
			"The bot is not part of the conversation roster.",
		);
	if (kind === "bad-gateway") return { status: 502, body: "<html>Bad Gateway</html>" };
	return { status: 504, body: "<html>Gateway Timeout</html>" };
}

async function receive(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, answer: Exclude<Answer, string>): void {
	const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body ?? null);
	const type = typeof answer.body === "string" ? "text/html" : "application/json; charset=utf-8";
	response.writeHead(answer.status, { "content-type": type, ...answer.headers });
	response.end(text);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
