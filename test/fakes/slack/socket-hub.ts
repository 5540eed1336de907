import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { WebSocket, WebSocketServer } from "ws";
import { asObject, asText, type JsonObject } from "./json-object.ts";
import { APP_ID } from "./workspace-state.ts";

const PING_MS = 5_000;
const LINK = "/link/";

export type SocketHub = {
	/** How many sockets the app holds open. */
	open(): number;
	/** Sends an envelope to one socket and gives what came back with its acknowledgement; undefined after `timeoutMs`. */
	send(envelope: JsonObject, timeoutMs: number): Promise<{ readonly payload: unknown } | undefined>;
	/** Asks every socket to go, as Slack does before it refreshes a connection. */
	askToReconnect(): void;
	/** Cuts every socket without a word. */
	drop(): void;
	close(): void;
};

/** Socket Mode's side of Slack, on the path `/link/` of a server. */
export function socketHub(server: Server): SocketHub {
	const hub = new WebSocketServer({ noServer: true });
	const waiting = new Map<string, (payload: unknown) => void>();
	server.on("upgrade", (request, socket, head) => {
		if (!(request.url ?? "").startsWith(LINK)) return void socket.destroy();
		hub.handleUpgrade(request, socket, head, (client) => greet(client));
	});
	const pings = setInterval(() => {
		for (const client of hub.clients) client.ping();
	}, PING_MS);
	pings.unref();

	function greet(client: WebSocket): void {
		client.on("message", (data) => {
			const message = asObject(JSON.parse((data as Buffer).toString()));
			waiting.get(asText(message.envelope_id))?.(message.payload);
		});
		client.on("error", () => client.terminate());
		client.ping();
		client.send(JSON.stringify({ type: "hello", num_connections: 1, connection_info: { app_id: APP_ID } }));
	}

	return {
		open: () => [...hub.clients].filter((client) => client.readyState === WebSocket.OPEN).length,
		send: (envelope, timeoutMs) => {
			const [client] = [...hub.clients].filter((one) => one.readyState === WebSocket.OPEN);
			if (!client) return Promise.resolve(undefined);
			const id = randomUUID();
			return new Promise((resolve) => {
				const timer = setTimeout(() => finish(undefined), timeoutMs);
				const finish = (result: { readonly payload: unknown } | undefined) => {
					clearTimeout(timer);
					waiting.delete(id);
					resolve(result);
				};
				waiting.set(id, (payload) => finish({ payload }));
				client.send(JSON.stringify({ envelope_id: id, ...envelope }));
			});
		},
		askToReconnect: () => {
			for (const client of hub.clients)
				client.send(JSON.stringify({ type: "disconnect", reason: "refresh_requested" }));
		},
		drop: () => {
			for (const client of hub.clients) client.terminate();
		},
		close: () => {
			clearInterval(pings);
			for (const client of hub.clients) client.terminate();
			hub.close();
		},
	};
}
