import { setTimeout as delay } from "node:timers/promises";
import { type LeanConnection, leanConnection } from "./lean-connection.ts";

/** One request to send. `key`: what the receiver must not lose once it said 2xx. */
export type Shot = {
	readonly key: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
};

/**
 * What became of a request. `ms` counts from the moment it was due, so waiting for a free connection is in it;
 * `lateMs` is how much of that the sender itself was late.
 */
export type Hit = {
	readonly key: string;
	readonly status: number;
	readonly ms: number;
	readonly lateMs: number;
};

/** As many as a large sender keeps; opened before, for the kernel drops what knocks all at once. */
const CONNECTIONS = 2000;
const OPENED_AT_ONCE = 50;

/**
 * Sends `rate` requests a second for `seconds`, each at its own moment, whatever became of those before: a slow
 * receiver does not slow the sender, as in life. Status 0: no answer within 10 s, or a broken connection.
 */
export async function openLoop(
	url: URL,
	load: { readonly rate: number; readonly seconds: number; shot(index: number): Shot },
): Promise<readonly Hit[]> {
	const total = Math.round(load.rate * load.seconds);
	const all = Array.from({ length: CONNECTIONS }, () => leanConnection(url.hostname, Number(url.port)));
	for (let opened = 0; opened < CONNECTIONS; opened += OPENED_AT_ONCE)
		await Promise.all(all.slice(opened, opened + OPENED_AT_ONCE).map((connection) => connection.open()));
	const free = [...all];
	const hits: Hit[] = [];
	const queue: { readonly shot: Shot; readonly dueMs: number }[] = [];
	const done = Promise.withResolvers<void>();
	const use = (connection: LeanConnection, { shot, dueMs }: (typeof queue)[number]) => {
		const lateMs = performance.now() - dueMs;
		void connection.send(requestOf(url, shot)).then((status) => {
			hits.push({ key: shot.key, status, ms: performance.now() - dueMs, lateMs });
			if (hits.length === total) done.resolve();
			const next = queue.shift();
			if (next) use(connection, next);
			else free.push(connection);
			return undefined;
		});
	};
	const startMs = performance.now() + 50;
	for (let index = 0; index < total; ) {
		const dueMs = startMs + (index * 1000) / load.rate;
		const waitMs = dueMs - performance.now();
		// Timers are right to a millisecond; what falls into the same one is sent together.
		if (waitMs > 0.5) {
			await delay(waitMs);
			continue;
		}
		const item = { shot: load.shot(index), dueMs };
		const connection = free.pop();
		if (connection) use(connection, item);
		else queue.push(item);
		index += 1;
		if (index % 100 === 0) await new Promise(setImmediate);
	}
	await done.promise;
	for (const connection of all) connection.close();
	return hits;
}

function requestOf(url: URL, { headers, body }: Shot): string {
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	return `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}
