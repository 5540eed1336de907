import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Balancer = {
	readonly url: string;
	/** Leaves replicas out that are not there; each next request goes to the next one. */
	close(): Promise<void>;
};

/**
 * What stands before replicas in production: gives each request to the next one that lives, and answers 502 where it
 * dies over it. Nothing is sent twice here: that is the sender's choice.
 */
export async function startBalancer(targets: () => readonly string[]): Promise<Balancer> {
	let turn = 0;
	const server = createServer((incoming, response) => {
		const alive = targets();
		turn += 1;
		const target = alive[turn % Math.max(1, alive.length)];
		if (target === undefined) refuse(response, 503);
		else pass(incoming, response, target);
	});
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

function pass(incoming: IncomingMessage, response: ServerResponse, target: string): void {
	const { method, headers, url = "/" } = incoming;
	const onward = request(new URL(url, target), { method, headers, agent: false }, (answer) => {
		response.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(response);
		answer.on("error", () => response.destroy());
	});
	onward.on("error", () => refuse(response, 502));
	incoming.pipe(onward);
}

function refuse(response: ServerResponse, status: number): void {
	if (response.headersSent) response.destroy();
	else response.writeHead(status).end();
}
