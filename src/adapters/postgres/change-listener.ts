import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { z } from "zod";
import type { JobName } from "../../ports/job-queue.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Change } from "../../ports/store.ts";
import { changeChannel, jobChannel } from "./names.ts";
import { clientConfig, type PostgresConnection } from "./open-pool.ts";
import { queueNames } from "./queue-settings.ts";
import { toStoreError } from "./to-store-error.ts";

/** Whom the one listening connection tells. */
export type ChangeListener = {
	subscribe(listener: (change: Change) => void): () => void;
	/** Tells `heard` of each queue that any process puts a job into; one listener at most. */
	onJob(heard: (name: JobName) => void): void;
	close(): Promise<void>;
};

const kinds: Readonly<Record<Change["kind"], true>> = {
	message: true,
	incident: true,
	approval: true,
	watch: true,
	status: true,
	delivery: true,
};

const AnnouncedChange = z.object({
	kind: z.custom<Change["kind"]>((kind) => typeof kind === "string" && Object.hasOwn(kinds, kind)),
	id: z.string(),
});

const firstPauseMs = 100;
const longestPauseMs = 10_000;

/**
 * Listens for changes on a connection of its own; resolves once it hears. A lost connection is made again, with
 * growing pauses; then everybody is told `status reconnected`, because changes may have been missed meanwhile.
 */
export async function listenForChanges(
	connection: PostgresConnection,
	logger: Logger,
): Promise<ChangeListener> {
	const listeners = new Set<(change: Change) => void>();
	const closing = new AbortController();
	let current: Client | undefined;
	let hearJob: (name: JobName) => void = () => undefined;

	const tell = (change: Change) => {
		for (const listener of listeners) {
			try {
				listener(change);
			} catch (error) {
				logger.error("A listener for changes failed", { kind: change.kind, error });
			}
		}
	};
	const open = async () => {
		const client = await connectListener(connection, (channel, payload) => {
			const queue = channel === jobChannel ? queueNames.find((name) => name === payload) : undefined;
			if (queue) hearJob(queue);
			const change = channel === changeChannel ? readChange(payload) : undefined;
			if (change) tell(change);
		});
		if (closing.signal.aborted) return client.end();
		current = client;
		client.once("end", () => void reopen());
	};
	const reopen = async () => {
		if (closing.signal.aborted) return;
		logger.warn("The connection that listens for changes was lost");
		for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
			await delay(pauseMs, undefined, { signal: closing.signal }).catch(() => undefined);
			if (closing.signal.aborted) return;
			try {
				await open();
				break;
			} catch (error) {
				logger.debug("Listening for changes is not possible yet", { error });
			}
		}
		tell({ kind: "status", id: "reconnected" });
	};

	await open();
	return {
		subscribe: (listener) => {
			// A wrapper, so that a function that subscribes twice is two listeners.
			const mine = (change: Change) => listener(change);
			listeners.add(mine);
			return () => void listeners.delete(mine);
		},
		onJob: (heard) => {
			hearJob = heard;
		},
		close: async () => {
			closing.abort();
			await current?.end().catch(() => undefined);
		},
	};
}

async function connectListener(
	connection: PostgresConnection,
	hear: (channel: string, payload: string) => void,
): Promise<Client> {
	const client = new Client(clientConfig(connection));
	// A lost connection also ends, and that is what is acted on.
	client.on("error", () => undefined);
	client.on("notification", ({ channel, payload }) => hear(channel, payload ?? ""));
	try {
		await client.connect();
		await client.query(`listen ${changeChannel}; listen ${jobChannel}`);
		return client;
	} catch (error) {
		await client.end().catch(() => undefined);
		throw toStoreError(error);
	}
}

/** Undefined for what others may send on the channel. */
function readChange(payload: string): Change | undefined {
	try {
		return AnnouncedChange.parse(JSON.parse(payload));
	} catch {
		return undefined;
	}
}
