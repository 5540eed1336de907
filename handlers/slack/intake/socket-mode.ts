import { setTimeout as delay } from "node:timers/promises";
import type { SocketModeClient } from "@slack/socket-mode";
import type { Logger } from "../../../src/ports/logger.ts";
import { libraryLogger } from "./library-logger.ts";

export type SocketModeDeps = {
	readonly appToken: string;
	/** The address of Slack's API, such as `https://slack.com/api/`. */
	readonly apiUrl: string;
	readonly logger: Logger;
	/** Commits one delivery and gives what is answered with the acknowledgement; when it throws, none is sent. */
	readonly receive: (body: unknown) => Promise<unknown>;
};

/** A connection on which Slack delivers, kept open. */
export type SocketMode = {
	/** Opens it. Comes back after the first try, whether or not it succeeded; later tries go on by themselves. */
	start(): Promise<void>;
	stop(): Promise<void>;
};

type SlackDelivery = { readonly body: unknown; readonly ack: (response?: unknown) => Promise<void> };

const TIMEOUT_MS = 10_000;
/** A connection that lives for less counts as a failure, so that a peer that hangs up at once is not stormed. */
const STEADY_MS = 30_000;

/** Seconds until the next try after so many failures in a row. Pure. */
export function pauseSeconds(failures: number): number {
	return failures === 0 ? 0.1 : Math.min(300, 2 ** failures);
}

/**
 * Keeps a socket to Slack open. The library's own reconnecting is off: what it can't recover from there ends the
 * process.
 */
export function socketMode({ appToken, apiUrl, logger, receive }: SocketModeDeps): SocketMode {
	const over = new AbortController();
	let current: SocketModeClient | undefined;
	let running: Promise<void> | undefined;

	const take = async ({ body, ack }: SlackDelivery) => {
		try {
			await ack(await receive(body));
		} catch (error) {
			logger.warn("A delivery over the socket was not acknowledged; Slack sends it again.", { error });
		}
	};
	const connect = async (): Promise<{ readonly ended: Promise<void> }> => {
		const { SocketModeClient: Client } = await import("@slack/socket-mode");
		const client = new Client({
			appToken,
			autoReconnectEnabled: false,
			logger: libraryLogger(logger, "The socket to Slack"),
			clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, timeout: TIMEOUT_MS },
		});
		const ended = new Promise<void>((resolve) => void client.once("disconnected", () => resolve()));
		client.on("slack_event", (delivery: SlackDelivery) => void take(delivery));
		current = client;
		await client.start();
		return { ended };
	};
	const run = async (tried: () => void) => {
		for (let failures = 0; !over.signal.aborted; ) {
			const startedMs = performance.now();
			try {
				const { ended } = await connect();
				logger.info("The socket to Slack is open.");
				tried();
				await ended;
				failures = performance.now() - startedMs < STEADY_MS ? failures + 1 : 0;
			} catch (error) {
				failures += 1;
				if (!over.signal.aborted)
					logger.error("The socket to Slack can't be opened; check SLACK_APP_TOKEN and the network.", {
						error,
						nextTrySeconds: pauseSeconds(failures),
					});
			}
			tried();
			await delay(pauseSeconds(failures) * 1000, undefined, { signal: over.signal, ref: false }).catch(
				() => undefined,
			);
		}
	};
	return {
		start: () =>
			new Promise((resolve) => {
				running ??= run(resolve);
			}),
		stop: async () => {
			over.abort();
			const late = delay(2000, undefined, { ref: false });
			await Promise.race([Promise.all([current?.disconnect(), running]), late]);
		},
	};
}
