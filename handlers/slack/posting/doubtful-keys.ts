import type { Clock } from "../../../src/ports/clock.ts";

/** Knows of which messages an earlier post may have gone through unheard. */
export type DoubtfulKeys = {
	has(conversation: string, key: string): boolean;
	add(conversation: string, key: string): void;
	settle(conversation: string, key: string): void;
};

const AFTER_START_MS = 120_000;
const MOST_KEYS = 2_000;

/**
 * Doubts every key for two minutes after the start, as the process before may have died between post and reply, and
 * later those of which a post failed here.
 */
export function doubtfulKeys(clock: Clock): DoubtfulKeys {
	const startedMs = clock.now();
	const keys = new Set<string>();
	return {
		has: (conversation, key) =>
			clock.now() - startedMs < AFTER_START_MS || keys.has(`${conversation} ${key}`),
		add: (conversation, key) => {
			keys.add(`${conversation} ${key}`);
			for (const oldest of keys) {
				if (keys.size <= MOST_KEYS) break;
				keys.delete(oldest);
			}
		},
		settle: (conversation, key) => void keys.delete(`${conversation} ${key}`),
	};
}
