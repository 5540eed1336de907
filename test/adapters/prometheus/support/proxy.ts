import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { SelfSigned } from "./self-signed.ts";

/** What a proxy in front of a Prometheus sees and does. */
export type ProxyOptions = {
	/** The server behind it; without one every request is answered by `answer`. */
	readonly target?: string;
	/** Answers a request itself and gives true, or gives false to pass it on. */
	readonly answer?: (request: IncomingMessage, response: ServerResponse, body: string) => boolean;
	readonly tls?: SelfSigned;
};

export type RecordingProxy = {
	readonly url: string;
	readonly requests: readonly {
		readonly path: string;
		readonly headers: IncomingMessage["headers"];
		readonly body: string;
	}[];
	readonly close: () => Promise<void>;
};

/** A small HTTP(S) server on a free loopback port that keeps what it is sent. */
export async function startProxy({ target, answer, tls }: ProxyOptions): Promise<RecordingProxy> {
	const requests: { path: string; headers: IncomingMessage["headers"]; body: string }[] = [];
	const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
		const chunks: Buffer[] = [];
		incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
		incoming.on("end", () => {
			const body = Buffer.concat(chunks).toString();
			requests.push({ path: incoming.url ?? "", headers: incoming.headers, body });
			if (answer?.(incoming, response, body)) return;
			if (!target) {
				response.writeHead(500).end();
				return;
			}
			const { method = "GET", url = "", headers } = incoming;
			const passed = request(`${target}${url}`, { method, headers }, (answered) => {
				response.writeHead(answered.statusCode ?? 502, answered.headers);
				answered.pipe(response);
			});
			passed.end(body);
		});
	};
	const server = tls
		? createTlsServer({ cert: tls.certificate, key: tls.key }, listener)
		: createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("no port");
	const close = async (): Promise<void> => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return { url: `${tls ? "https" : "http"}://127.0.0.1:${address.port}`, requests, close };
}
