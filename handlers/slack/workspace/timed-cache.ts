import type { Clock } from "../../../src/ports/clock.ts";

/** Answers that hold for a while. */
export type TimedCache<Value> = {
	/** The kept value, or what `read` gives. Failures are not kept; concurrent askers share one read. */
	get(key: string, read: () => Promise<Value>): Promise<Value>;
};

/** Keeps at most `maximumEntries` answers for `ttlMs` each; the oldest go first. */
export function timedCache<Value>(options: {
	readonly clock: Clock;
	readonly ttlMs: number;
	readonly maximumEntries: number;
}): TimedCache<Value> {
	const { clock, ttlMs, maximumEntries } = options;
	const entries = new Map<string, { readonly value: Promise<Value>; readonly untilMs: number }>();
	return {
		get(key, read) {
			const known = entries.get(key);
			const nowMs = clock.now();
			// A clock that was set back must not make an answer hold for longer.
			if (known && nowMs < known.untilMs && known.untilMs - nowMs <= ttlMs) return known.value;
			entries.delete(key);
			const value = read();
			const entry = { value, untilMs: nowMs + ttlMs };
			entries.set(key, entry);
			value.catch(() => {
				if (entries.get(key) === entry) entries.delete(key);
			});
			for (const oldest of entries.keys()) {
				if (entries.size <= maximumEntries) break;
				entries.delete(oldest);
			}
			return value;
		},
	};
}
