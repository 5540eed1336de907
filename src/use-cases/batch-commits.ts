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
	readonly resolve: (result: Result) => void;
	readonly reject: (error: unknown) => void;
};

/**
 * Group commit: one `commit` at a time, each with everything that arrived during the one before, up to `mostInBatch`.
 * `commit` gives one result for each item, in order.
 */
export function batchCommits<Item, Result>(
	commit: (items: readonly Item[]) => Promise<readonly Result[]>,
	limits: { readonly mostWaiting: number; readonly mostInBatch: number },
): BatchCommits<Item, Result> {
	let queue: Waiting<Item, Result>[] = [];
	let inFlight = 0;
	let pumping: Promise<void> | undefined;

	const pump = async () => {
		while (queue.length > 0) {
			const batch = queue.slice(0, limits.mostInBatch);
			queue = queue.slice(batch.length);
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
				queue.push({ item, resolve, reject });
				pumping ??= pump();
			}),
		drain: async () => {
			await pumping;
		},
	};
}
