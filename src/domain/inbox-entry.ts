/**
 * One delivery of a chat platform or webhook as it came in, verified. `key` is what the sender repeats when it
 * delivers the same thing again, unique within `platform`; `payload` is plain JSON without credentials.
 */
export type InboxEntry = {
	readonly platform: string;
	readonly key: string;
	readonly payload: unknown;
};

/** An entry as it is kept. `attempts` counts this one. */
export type StoredInboxEntry = InboxEntry & {
	readonly id: string;
	readonly receivedAtMs: number;
	readonly attempts: number;
};
