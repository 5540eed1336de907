import type { WebhookEndpoint } from "./webhook-endpoint.ts";

/** The incoming side of a chat platform. */
export type ChatIntake = {
	readonly platform: string;
	readonly endpoints: readonly WebhookEndpoint[];
	/**
	 * Works on one kept delivery: reads it, has it answered, orders the replies under subjects `inbox:<entryId>:<n>`.
	 * Idempotent: an entry may come again after a crash. Throws only where another try may help.
	 */
	work(payload: unknown, entryId: string): Promise<void>;
	/** Opens what has to be opened, such as a socket; says in the log what is wrong rather than throw. */
	start(): Promise<void>;
	stop(): Promise<void>;
};
