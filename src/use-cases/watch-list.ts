import type { Watch } from "../domain/watch.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import { type EffectiveWatch, type EffectiveWatches, isMuted, mergeWatches } from "./effective-watches.ts";
import { createKeptReading } from "./kept-reading.ts";

const KEPT_MS = 5000;

/** The watches in force, read anew at most every five seconds and as soon as somebody changed one. */
export type WatchList = {
	/** As configuration and defaults have them. */
	readonly file: readonly Watch[];
	/** Rejects with AppError `unavailable` where the store does not answer. */
	read(): Promise<EffectiveWatches>;
	/** Whether a watch is muted now, by what was read last: for code that can't wait. False for unknown names. */
	isMuted(name: string): boolean;
	/** The next read asks the store: called after a change was committed. */
	forget(): void;
	/** Calls back when any replica changed a watch, until the returned function is called. */
	subscribe(changed: () => void): () => void;
};

/** Reads the watches in force. One for each process; `stop` ends its listening. */
export function createWatchList(deps: {
	readonly store: Pick<Store, "settings" | "subscribe">;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly file: readonly Watch[];
}): WatchList & { stop(): void } {
	let last: ReadonlyMap<string, EffectiveWatch> = new Map();
	let told = "";
	const listeners = new Set<() => void>();
	const load = async () => {
		const merged = mergeWatches(deps.file, await deps.store.settings.list(), deps.clock.now());
		last = new Map(merged.items.map((item) => [item.watch.name, item]));
		const unreadable = merged.unreadable.join(", ");
		if (unreadable !== "" && unreadable !== told)
			deps.logger.warn("a watch changed by command can't be read; the configuration counts", { unreadable });
		told = unreadable;
		return merged;
	};
	const { read, forget } = createKeptReading(deps.clock, KEPT_MS, load);
	const stop = deps.store.subscribe(({ kind }) => {
		if (kind !== "watch") return;
		forget();
		for (const listener of listeners) listener();
	});
	return {
		file: deps.file,
		read,
		isMuted: (name) => {
			const item = last.get(name);
			return item !== undefined && isMuted(item, deps.clock.now());
		},
		forget,
		subscribe: (changed) => {
			listeners.add(changed);
			return () => listeners.delete(changed);
		},
		stop,
	};
}
