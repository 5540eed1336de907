import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chartRenderer } from "../../../src/adapters/charts/chart-renderer.ts";
import { Chart as DomainChart } from "../../../src/domain/chart.ts";
import type {
	ApprovalView,
	BacktestRequest,
	ChangeView,
	DecisionRequest,
	PictureRequest,
	ProposalRequest,
	ReasonRequest,
	RoleRequest,
} from "../../../web/src/api/types.generated.ts";
import { restartCheckout } from "./approvals.ts";
import { chartOf, readingOf } from "./fixture-readings.ts";
import { hasAccount, SESSION, withRole } from "./people.ts";
import { json, notFound, problem } from "./reply.ts";
import { replay, turnWatch } from "./watch-replays.ts";
import { type World, withApproval } from "./world.ts";

const DIST = fileURLToPath(new URL("../../../web/dist", import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml",
};

/** As strict as the product's own. */
const CONTENT_SECURITY_POLICY =
	"default-src 'self'; img-src 'self' data:; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** What was sent to the server by anything but GET. */
type SentRequest = {
	readonly path: string;
	readonly body: unknown;
	readonly csrfToken: string | undefined;
};

/** Nothing is frozen. */
const NO_HOLDS = { freezes: [], maintenance: [], next: [] };

type Answer = { readonly status: number; readonly body: unknown };

/** A server with the console's build and canned answers; `world` may be replaced at any time. */
export type FixtureServer = {
	readonly url: string;
	world: World;
	readonly sent: SentRequest[];
	/** How a decision is answered; by default as accepted, without any change. */
	decide(approval: ApprovalView, decision: DecisionRequest): Promise<Answer> | Answer;
	/** How a reason given afterwards is answered; by default as kept with the last decision of who is signed in. */
	explain(approval: ApprovalView, request: ReasonRequest): Promise<Answer> | Answer;
	/** How a change of role is answered; by default it counts at once. */
	grant(request: RoleRequest): Promise<Answer> | Answer;
	/** How a freeze is answered; by default as refused. */
	freeze(): Promise<Answer> | Answer;
	/** How the reason of a freeze or of its lifting is answered; by default as kept, without any change. */
	explainFreeze(): Promise<Answer> | Answer;
	/** How a cancellation, or a word on an unknown outcome, is answered; by default as accepted, without any change. */
	cancel(approval: ApprovalView): Promise<Answer> | Answer;
	/** How asking for a change is answered; by default with a new request that waits. */
	propose(request: ProposalRequest): Promise<Answer> | Answer;
	/** Tells the pages that something changed. */
	announce(change: ChangeView): void;
	/** Cuts the stream of changes and refuses new ones until `reconnect`. */
	disconnect(): void;
	reconnect(): void;
	stop(): Promise<void>;
};

/** Starts on a free port of the loopback interface. */
export async function startFixtureServer(world: World): Promise<FixtureServer> {
	const streams = new Set<ServerResponse>();
	let cut = false;
	const http = createServer((request, response) => {
		answer(fixture, request, response).catch((error: unknown) => {
			response.writeHead(500, { "content-type": "text/plain" }).end(String(error));
		});
	});
	await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
	const fixture: FixtureServer & Events = {
		url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
		world,
		sent: [],
		decide: (approval) => ({ status: 200, body: approval }),
		explain: (approval, request) => keepReason(fixture, approval, request),
		grant: (request) => countRole(fixture, request),
		freeze: () => ({ status: 403, body: problem(403, "forbidden", "This needs the role operator.") }),
		explainFreeze: () => ({ status: 200, body: NO_HOLDS }),
		cancel: (approval) => ({ status: 200, body: approval }),
		propose: (request) => makeRequest(fixture, request),
		announce(change) {
			for (const stream of streams) stream.write(`event: change\ndata: ${JSON.stringify(change)}\n\n`);
		},
		disconnect() {
			cut = true;
			for (const stream of streams) stream.destroy();
		},
		reconnect() {
			cut = false;
		},
		stop: () => close(http),
		openStream(response) {
			if (cut) {
				response.destroy();
				return;
			}
			streams.add(response);
			response.on("close", () => streams.delete(response));
			response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
			response.write("retry: 200\n\n");
		},
	};
	return fixture;
}

/** Gives the role as the product does where nothing speaks against it. */
export function countRole(fixture: { world: World }, request: RoleRequest): Answer {
	fixture.world = { ...fixture.world, people: withRole(fixture.world.people, request) };
	return { status: 200, body: fixture.world.people.find(hasAccount(request)) };
}

/** Makes a request as the product does where nothing speaks against it. */
export function makeRequest(fixture: { world: World }, request: ProposalRequest): Answer {
	const made = restartCheckout(Date.now(), {
		id: "A-312",
		status: "proposed",
		incidentId: undefined,
		approved: 0,
		decisions: [],
		...request,
	});
	fixture.world = { ...fixture.world, approvals: [made, ...fixture.world.approvals] };
	return { status: 200, body: made };
}

/** Keeps the reason as the product does where nothing speaks against it. */
export function keepReason(
	fixture: { world: World },
	approval: ApprovalView,
	{ reason }: ReasonRequest,
): Answer {
	const own = approval.decisions.findLast(({ person }) => person.id === fixture.world.session?.person.id);
	const decisions = approval.decisions.map((decision) =>
		decision === own ? { ...decision, reason } : decision,
	);
	const explained = { ...approval, decisions };
	fixture.world = withApproval(fixture.world, explained);
	return { status: 200, body: explained };
}

type Events = { openStream(response: ServerResponse): void };

async function answer(
	fixture: FixtureServer & Events,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const url = new URL(request.url ?? "/", fixture.url);
	response.setHeader("content-security-policy", CONTENT_SECURITY_POLICY);
	if (!url.pathname.startsWith("/api/")) return serveFile(url.pathname, response);
	response.setHeader("cache-control", "no-store");
	if (url.pathname === "/api/v1/sign-in") return signIn(fixture, await bodyOf(request), response);
	if (!fixture.world.session) return json(response, 401, problem(401, "unauthenticated", "Sign in first."));
	if (url.pathname === "/api/v1/events") return fixture.openStream(response);
	if (url.pathname.endsWith("/chart.svg")) return draw(fixture, url, response);
	if (request.method === "GET") {
		const found = readingOf(fixture.world, url);
		return found === undefined ? notFound(response) : json(response, 200, found);
	}
	await act(fixture, url.pathname, request, response);
}

async function act(
	fixture: FixtureServer,
	pathname: string,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const body = await bodyOf(request);
	const csrfToken = request.headers["x-csrf-token"]?.toString();
	fixture.sent.push({ path: pathname, body, csrfToken });
	if (csrfToken !== fixture.world.session?.csrfToken)
		return json(response, 403, problem(403, "forbidden", "The request lacks the token of its session."));
	const [, id, part] = /^\/api\/v1\/approvals\/([\w-]+)\/(decision|reason)$/.exec(pathname) ?? [];
	if (part) {
		const approval = fixture.world.approvals.find((each) => each.id === id);
		if (!approval) return notFound(response);
		const { status, body: reply } = await (part === "decision"
			? fixture.decide(approval, body as DecisionRequest)
			: fixture.explain(approval, body as ReasonRequest));
		return json(response, status, reply);
	}
	const [, requestId] = /^\/api\/v1\/approvals\/([\w-]+)\/(?:cancel|resolve)$/.exec(pathname) ?? [];
	const asked = fixture.world.approvals.find((each) => each.id === requestId);
	const held = asked
		? await fixture.cancel(asked)
		: pathname === "/api/v1/freezes"
			? await fixture.freeze()
			: pathname.startsWith("/api/v1/freezes/")
				? await fixture.explainFreeze()
				: undefined;
	if (held) return json(response, held.status, held.body);
	if (pathname === "/api/v1/approvals") {
		const { status, body: reply } = await fixture.propose(body as ProposalRequest);
		return json(response, status, reply);
	}
	if (pathname === "/api/v1/people/roles") {
		const { status, body: reply } = await fixture.grant(body as RoleRequest);
		return json(response, status, reply);
	}
	if (pathname === "/api/v1/console/messages") return json(response, 200, { items: [] });
	if (pathname === "/api/v1/commands") return json(response, 200, { messages: [] });
	if (pathname === "/api/v1/sign-out") {
		fixture.world = { ...fixture.world, session: undefined };
		return json(response, 200, { signedOut: true });
	}
	if (pathname === "/api/v1/backtests") return replay(fixture.world, body as BacktestRequest, response);
	if (pathname === "/api/v1/charts/picture") return drawSent(body as PictureRequest, response);
	const turned = turnWatch(fixture, pathname, body);
	if (turned) return json(response, 200, turned);
	notFound(response);
}

function drawSent({ chart, theme, width, height }: PictureRequest, response: ServerResponse): void {
	const look = {
		theme: theme ?? "dark",
		widthPx: width ?? 720,
		heightPx: height ?? 300,
		timeZone: "Europe/Berlin",
	};
	response
		.writeHead(200, { "content-type": "image/svg+xml" })
		.end(chartRenderer.svg(DomainChart.parse(chart), look));
}

function signIn(fixture: FixtureServer, body: unknown, response: ServerResponse): void {
	fixture.sent.push({ path: "/api/v1/sign-in", body, csrfToken: undefined });
	const { code } = body as { readonly code: string };
	if (code !== "right-code") {
		json(response, 401, problem(401, "unauthenticated", "This code is not valid; use a new one."));
		return;
	}
	fixture.world = { ...fixture.world, session: SESSION };
	json(response, 200, SESSION);
}

function draw(fixture: FixtureServer, url: URL, response: ServerResponse): void {
	const chart = chartOf(fixture.world, url.pathname, Number(url.searchParams.get("windowMinutes") ?? 0));
	if (!chart) {
		notFound(response);
		return;
	}
	const svg = chartRenderer.svg(DomainChart.parse(chart), {
		theme: url.searchParams.get("theme") === "dark" ? "dark" : "light",
		widthPx: Number(url.searchParams.get("width")),
		heightPx: Number(url.searchParams.get("height")),
		timeZone: url.searchParams.get("timeZone") ?? "UTC",
	});
	response.writeHead(200, { "content-type": "image/svg+xml" }).end(svg);
}

async function serveFile(pathname: string, response: ServerResponse): Promise<void> {
	const name = extname(pathname) === "" ? "index.html" : pathname;
	const file = await readFile(join(DIST, name)).catch(() => undefined);
	if (!file) return notFound(response);
	response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "application/octet-stream" }).end(file);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString("utf8");
	return text === "" ? undefined : JSON.parse(text);
}

async function close(http: Server): Promise<void> {
	http.closeAllConnections();
	await new Promise((resolve) => http.close(resolve));
}
