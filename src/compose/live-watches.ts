import { toAppError } from "../domain/errors.ts";
import type { Watch } from "../domain/watch.ts";
import type { Logger } from "../ports/logger.ts";
import type { WatchList } from "../use-cases/watch-list.ts";

const EVERY_MS = 5000;

/** The watches in force, for all parts of a process. */
export type LiveWatches = {
	/** One list whose entries change in place: whoever holds it sees what commands changed. */
	readonly watches: readonly Watch[];
	/** Whether the store was ever read: before, only the configuration is known. */
	isRead(): boolean;
	/** Calls back after the list has changed, with the names that are gone. */
	onChange(changed: (gone: readonly string[]) => void): void;
	/** Reads the list now. Never rejects. */
	refresh(): Promise<void>;
	stop(): Promise<void>;
};

/** Follows the watch list: at once where the store tells of a change, else within five seconds. */
export function liveWatches(deps: { readonly watchList: WatchList; readonly logger: Logger }): LiveWatches {
	const { watchList, logger } = deps;
	const watches: Watch[] = [...watchList.file];
	const listeners: ((gone: readonly string[]) => void)[] = [];
	let known = JSON.stringify(watches);
	let told = "";
	let wasRead = false;
	const read = async () => {
		try {
			const { items } = await watchList.read();
			told = "";
			wasRead = true;
			const now = items.map(({ watch }) => watch);
			const text = JSON.stringify(now);
			if (text === known) return;
			known = text;
			const gone = watches
				.map(({ name }) => name)
				.filter((name) => !now.some((watch) => watch.name === name));
			watches.splice(0, watches.length, ...now);
			for (const listener of listeners) listener(gone);
		} catch (error) {
			const { message } = toAppError(error);
			if (message !== told) logger.warn("what was changed about watches can't be read now", { error });
			told = message;
		}
	};
	let last = Promise.resolve();
	const refresh = () => {
		last = last.then(read);
		return last;
	};
	const unsubscribe = watchList.subscribe(() => void refresh());
	const timer = setInterval(() => void refresh(), EVERY_MS);
	return {
		watches,
		isRead: () => wasRead,
		onChange: (changed) => void listeners.push(changed),
		refresh,
		stop: async () => {
			unsubscribe();
			clearInterval(timer);
			await last;
		},
	};
}
