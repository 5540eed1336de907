import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** One request to send. `key`: what the receiver must not lose once it said 2xx. */
export type Shot = {
	readonly key: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
};

/** What became of a request. `ms` counts from the moment it was due, so waiting for a free socket is in it. */
export type Hit = { readonly key: string; readonly status: number; readonly ms: number };

/**
 * Sends `rate` requests a second for `seconds`, each at its own moment, whatever became of those before: a slow
 * receiver does not slow the sender, as in life. Status 0: no answer within 10 s, or a broken connection.
 */
export async function openLoop(
	url: URL,
	load: { readonly rate: number; readonly seconds: number; shot(index: number): Shot },
): Promise<readonly Hit[]> {
	const agent = new Agent({ keepAlive: true, maxSockets: 2000, maxFreeSockets: 512 });
	const total = Math.round(load.rate * load.seconds);
	const hits: Promise<Hit>[] = [];
	const startMs = performance.now() + 50;
	for (let index = 0; index < total; ) {
		const dueMs = startMs + (index * 1000) / load.rate;
		const waitMs = dueMs - performance.now();
		// Timers are right to a millisecond; what falls into the same one is sent together.
		if (waitMs > 0.5) {
			await delay(waitMs);
			continue;
		}
		hits.push(send(agent, url, load.shot(index), dueMs));
		index += 1;
	}
	const all = await Promise.all(hits);
	agent.destroy();
	return all;
}

function send(agent: Agent, url: URL, { key, headers, body }: Shot, dueMs: number): Promise<Hit> {
	return new Promise((resolve) => {
		const end = (status: number) => resolve({ key, status, ms: performance.now() - dueMs });
		const outgoing = request(url, { agent, method: "POST", headers, timeout: 10_000 }, (response) => {
			response.resume();
			response.once("end", () => end(response.statusCode ?? 0));
			response.once("error", () => end(0));
		});
		outgoing.once("timeout", () => outgoing.destroy());
		outgoing.once("error", () => end(0));
		outgoing.end(body);
	});
}
