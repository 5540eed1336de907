import { once } from "node:events";
import { createServer } from "node:net";
import { listenProblem } from "../../handlers/listen-problem.ts";

/**
 * Listens for a moment, so that a port in use is known before anything is made. Another program may still take it
 * later. AppErrors: those of `listenProblem`.
 */
export async function probePort(host: string, port: number): Promise<void> {
	const server = createServer();
	try {
		server.listen({ host, port });
		await once(server, "listening");
	} catch (error) {
		throw listenProblem(error, host, port);
	}
	await new Promise((closed) => server.close(closed));
}
