import type { InboxEntry } from "../domain/inbox-entry.ts";

/** Takes in what other programs deliver: what `accept` returned for survives a crash and is worked on. */
export type Inbox = {
	/**
	 * Commits an entry and has it worked on at once; false where it was taken in before. AppError `limited` when more
	 * waits than can be taken: the sender is to try again.
	 */
	accept(entry: InboxEntry): Promise<boolean>;
	/**
	 * As `accept`, but the caller works on it, because its reply depends on it. Undefined where it was taken in before.
	 * When `work` throws, the entry is worked on again later as any other.
	 */
	acceptAndWork<Result>(
		entry: InboxEntry,
		work: (entryId: string) => Promise<Result>,
	): Promise<{ readonly result: Result } | undefined>;
};
