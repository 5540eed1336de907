import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { refuseMessage } from "./block-limits.ts";
import type { Faults } from "./faults.ts";
import { asObject, type JsonObject } from "./json-object.ts";
import type { WebApi } from "./web-api.ts";
import type { WorkspaceState } from "./workspace-state.ts";

const RESPONSE_URL_USES = 5;
const RESPONSE_URL_MS = 30 * 60_000;
/** Arguments that are JSON inside a form. */
const NESTED = new Set(["blocks", "attachments", "metadata", "view", "files"]);

export type Gateway = { readonly server: Server; readonly base: string; close(): Promise<void> };

/** The address that the product takes for slack.com: logs every call, lets it go wrong as planted, and answers. */
export async function startGateway(
	state: WorkspaceState,
	faults: Faults,
	api: () => WebApi,
): Promise<Gateway> {
	const server = createServer((request, response) => {
		serve(request, response).catch(() => response.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await readBody(request);
		const path = new URL(request.url ?? "/", base).pathname;
		response.setHeader("date", new Date(Date.now() + state.clockAheadMs).toUTCString());
		if (path.startsWith("/api/")) return serveMethod(path.slice(5), request, body, response);
		if (path.startsWith("/upload/")) return serveUpload(path.slice(8), body, response);
		if (path.startsWith("/commands/")) return serveResponseUrl(path.slice(10), body, response);
		reply(response, 404, { ok: false, error: "unknown_method" });
	}

	async function serveMethod(
		method: string,
		request: IncomingMessage,
		body: Buffer,
		response: ServerResponse,
	): Promise<void> {
		const args = readArguments(request.headers["content-type"] ?? "", body);
		state.calls.push({ method, args, atMs: Date.now() });
		response.setHeader("x-oauth-scopes", state.scopes.join(","));
		const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
		await withFault(method, response, () => api().answer(method, args, token));
	}

	async function serveUpload(id: string, body: Buffer, response: ServerResponse): Promise<void> {
		state.calls.push({ method: "upload", args: { id, bytes: body.length }, atMs: Date.now() });
		const upload = async () => ((await api().upload(id, new Uint8Array(body))) ? { ok: true } : undefined);
		await withFault("upload", response, upload);
	}

	async function serveResponseUrl(id: string, body: Buffer, response: ServerResponse): Promise<void> {
		await withFault("response_url", response, async () => {
			const url = state.responses.find((one) => one.id === id);
			if (!url || url.posts.length >= RESPONSE_URL_USES || Date.now() - url.atMs > RESPONSE_URL_MS)
				return undefined;
			const posted = asObject(JSON.parse(body.toString() || "{}"));
			const refusal = refuseMessage(posted, false, (file) => state.files.get(file)?.completed === true);
			if (refusal) return { ok: false, error: refusal.error };
			url.posts.push(posted);
			return { ok: true };
		});
	}

	/** Answers with what `act` gives (404 for nothing), unless a fault is planted for the method. */
	async function withFault(
		method: string,
		response: ServerResponse,
		act: () => Promise<JsonObject | undefined>,
	): Promise<void> {
		const fault = faults.take(method);
		switch (fault?.kind) {
			case "hang":
				return;
			case "limited":
				response.setHeader("retry-after", String(fault.retryAfterSeconds));
				return reply(response, 429, { ok: false, error: "ratelimited" });
			case "status":
				return reply(response, fault.status, { ok: false, error: "internal_error" });
			case "error":
				return reply(response, 200, { ok: false, error: fault.error, ...fault.extra });
			case "not-json":
				response.writeHead(200, { "content-type": "text/html" });
				response.end("<html><body>Slack is down for maintenance</body></html>");
				return;
			case "lost-reply":
				await act();
				response.destroy();
				return;
			case "slow":
				await wait(fault.ms);
		}
		const answer = await act();
		reply(response, answer === undefined ? 404 : 200, answer ?? { ok: false, error: "used_url" });
	}

	return {
		server,
		base,
		close: async () => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}

function reply(response: ServerResponse, status: number, body: JsonObject): void {
	response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
	response.end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function readArguments(contentType: string, body: Buffer): JsonObject {
	if (contentType.includes("json")) return asObject(JSON.parse(body.toString() || "{}"));
	const form = new URLSearchParams(body.toString());
	return Object.fromEntries(
		[...form].map(([key, value]) => [key, NESTED.has(key) ? (JSON.parse(value) as unknown) : value]),
	);
}
