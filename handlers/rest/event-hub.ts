import { PassThrough } from "node:stream";
import { AppError } from "../../src/domain/errors.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { Change, Store } from "../../src/ports/store.ts";

const MAXIMUM_CONNECTIONS = 100;
const MAXIMUM_PENDING = 200;
const HEARTBEAT_MS = 15_000;
const RECHECK_MS = 4000;
const FLUSH_MS = 100;

/** Live connections to browsers. */
export type EventHub = {
	/**
	 * Opens a stream of Server-Sent Events. `stillAllowed` is asked every few seconds; the stream ends once it says no.
	 * AppError `limited` when 100 streams are open, `unavailable` while shutting down.
	 */
	open(stillAllowed: () => Promise<boolean>): PassThrough;
	readonly connections: number;
	/** Ends all streams and opens no more. Idempotent. */
	close(): void;
};

type Connection = {
	readonly stream: PassThrough;
	readonly stillAllowed: () => Promise<boolean>;
	/** Written but not taken by the network yet: changes wait in `pending`. */
	blocked: boolean;
	readonly pending: Map<string, Change>;
};

/**
 * Tells browsers what changed. Changes of the same thing within a tenth of a second become one; a reader too slow to
 * take 200 different ones is disconnected, and reads everything again when it comes back.
 */
export function eventHub(deps: {
	readonly store: Pick<Store, "subscribe">;
	readonly logger: Logger;
}): EventHub {
	const connections = new Set<Connection>();
	let closed = false;
	let flushTimer: NodeJS.Timeout | undefined;

	const flush = () => {
		flushTimer = undefined;
		for (const connection of connections) write(connection);
	};
	const unsubscribe = deps.store.subscribe((change) => {
		// What is on its way to other platforms is nothing a page shows.
		if (change.kind === "delivery") return;
		for (const connection of connections) {
			connection.pending.set(`${change.kind}:${change.id}`, { kind: change.kind, id: change.id });
			if (connection.pending.size > MAXIMUM_PENDING) connection.stream.destroy();
		}
		flushTimer ??= setTimeout(flush, FLUSH_MS);
	});
	const heartbeat = setInterval(() => {
		for (const { blocked, stream } of connections)
			if (!blocked && !stream.writableEnded) stream.write(": still here\n\n");
	}, HEARTBEAT_MS);
	const recheck = setInterval(() => {
		for (const connection of connections) void endIfRefused(connection, deps.logger);
	}, RECHECK_MS);
	heartbeat.unref();
	recheck.unref();

	return {
		open(stillAllowed) {
			if (closed) throw new AppError("unavailable", "The server is stopping; connect again in a moment.");
			if (connections.size >= MAXIMUM_CONNECTIONS)
				throw new AppError("limited", "Too many pages are connected; close one or try again later.", {
					retryAfterSeconds: 5,
				});
			const stream = new PassThrough();
			const connection: Connection = { stream, stillAllowed, blocked: false, pending: new Map() };
			connections.add(connection);
			stream.on("drain", () => {
				connection.blocked = false;
				write(connection);
			});
			const gone = () => connections.delete(connection);
			stream.on("close", gone).on("finish", gone).on("error", gone);
			stream.write("retry: 2000\n\n: connected\n\n");
			return stream;
		},
		get connections() {
			return connections.size;
		},
		close() {
			closed = true;
			unsubscribe();
			clearInterval(heartbeat);
			clearInterval(recheck);
			clearTimeout(flushTimer);
			for (const connection of connections) connection.stream.end();
			connections.clear();
		},
	};
}

function write(connection: Connection): void {
	const { blocked, pending, stream } = connection;
	if (blocked || pending.size === 0 || stream.writableEnded || stream.destroyed) return;
	const text = [...pending.values()]
		.map((change) => `event: change\ndata: ${JSON.stringify(change)}\n\n`)
		.join("");
	pending.clear();
	connection.blocked = !stream.write(text);
}

async function endIfRefused(connection: Connection, logger: Logger): Promise<void> {
	try {
		if (!(await connection.stillAllowed())) connection.stream.end();
	} catch (error) {
		// Not knowing is not a refusal: the store may be away for a moment, and then nothing changes either.
		logger.debug("An event stream could not be checked.", { error });
	}
}
