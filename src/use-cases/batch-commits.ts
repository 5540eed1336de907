/** Collects items while a commit is on its way and commits them together. */
export type BatchCommits<Item, Result> = {
	/** Resolves with the item's own result once it is committed; rejects with the error of its batch. */
	add(item: Item): Promise<Result>;
	/** How many are not committed yet. */
	waiting(): number;
	readonly mostWaiting: number;
	/** Resolves when nothing waits any more. */
	drain(): Promise<void>;
};

type Waiting<Item, Result> = {
	readonly item: Item;
	readonly sinceMs: number;
	readonly resolve: (result: Result) => void;
	readonly reject: (error: unknown) => void;
};

export type BatchLimits = {
	readonly mostWaiting: number;
	readonly mostInBatch: number;
	/** What waited longer is not committed any more: nobody waits for its answer. */
	readonly longestWaitMs: number;
	/** Milliseconds that only grow. */
	readonly nowMs: () => number;
	/** What an item that waited too long is told. */
	readonly tooLate: () => Error;
};

/**
 * Group commit: one `commit` at a time, each with everything that arrived during the one before, up to `mostInBatch`.
 * `commit` gives one result for each item, in order.
 */
export function batchCommits<Item, Result>(
	commit: (items: readonly Item[]) => Promise<readonly Result[]>,
	limits: BatchLimits,
): BatchCommits<Item, Result> {
	let queue: Waiting<Item, Result>[] = [];
	let inFlight = 0;
	let pumping: Promise<void> | undefined;

	const pump = async () => {
		while (queue.length > 0) {
			const sinceMs = limits.nowMs() - limits.longestWaitMs;
			const late = queue.filter((waiting) => waiting.sinceMs < sinceMs);
			for (const { reject } of late) reject(limits.tooLate());
			const batch = queue.slice(late.length, late.length + limits.mostInBatch);
			queue = queue.slice(late.length + batch.length);
			if (batch.length === 0) continue;
			inFlight = batch.length;
			try {
				const results = await commit(batch.map(({ item }) => item));
				for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
			} catch (error) {
				for (const { reject } of batch) reject(error);
			}
			inFlight = 0;
		}
		pumping = undefined;
	};
	return {
		mostWaiting: limits.mostWaiting,
		waiting: () => queue.length + inFlight,
		add: (item) =>
			new Promise<Result>((resolve, reject) => {
				queue.push({ item, sinceMs: limits.nowMs(), resolve, reject });
				pumping ??= pump();
			}),
		drain: async () => {
			await pumping;
		},
	};
}
