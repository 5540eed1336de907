import type { Store, Stores } from "../ports/store.ts";

/**
 * The store as the owner of a watch may use it: from its claim on, what it writes of findings and incidents is committed
 * together with a look whether it still owns the watch. A process that was asleep while another took over, in the middle
 * of a scoring too, writes nothing: AppError `conflict`.
 */
export function fenceWatch(store: Store, watch: string): Store {
	let fencingToken: number | undefined;
	const fenced = <Result>(work: (stores: Stores) => Promise<Result>): Promise<Result> =>
		store.transaction(async (stores) => {
			if (fencingToken !== undefined) await stores.watches.claim(watch, fencingToken);
			return work(stores);
		});
	return {
		...store,
		transaction: fenced,
		watches: {
			...store.watches,
			claim: async (name, token) => {
				await store.watches.claim(name, token);
				if (name === watch) fencingToken = token;
			},
		},
		anomalies: {
			...store.anomalies,
			save: (anomaly) => fenced(({ anomalies }) => anomalies.save(anomaly)),
			create: (anomaly) => fenced(({ anomalies }) => anomalies.create(anomaly)),
		},
	};
}
