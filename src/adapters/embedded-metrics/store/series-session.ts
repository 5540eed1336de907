import type { Labels } from "../../../domain/time-series.ts";
import type { MemorySeries } from "./memory-series.ts";
import { ownCopy } from "./normal-labels.ts";
import type { SeriesStore } from "./store-contract.ts";

/** One value from a source. `key` tells series of the source apart; `labels` is asked for new series only. */
export type Reading = { readonly key: string; readonly value: number; readonly labels: () => Labels };

/** Writes what one source delivers, and marks as stale what it delivered before and no longer does. */
export type SeriesSession = {
	/** Stores one round of readings at `t` (Unix milliseconds); gives the number of those that found room. */
	readonly record: (t: number, readings: Iterable<Reading>) => number;
	/** The source is gone or did not answer: all its series end at `t`. */
	readonly end: (t: number) => void;
};

type Known = { readonly key: string; readonly series: MemorySeries };

export function createSeriesSession(store: SeriesStore): SeriesSession {
	let known = new Map<string, Known>();

	const find = (reading: Reading): Known | undefined => {
		const before = known.get(reading.key);
		if (before?.series.alive) return before;
		const series = store.seriesFor(reading.labels());
		return series && { key: ownCopy(reading.key), series };
	};

	const record = (t: number, readings: Iterable<Reading>): number => {
		// All series first: where the labels of one can't be read, nothing of the round is stored.
		const found = [...readings].map((reading) => ({ entry: find(reading), value: reading.value }));
		const next = new Map<string, Known>();
		let stored = 0;
		for (const { entry, value } of found) {
			if (!entry) continue;
			if (store.append(entry.series, t, value)) stored += 1;
			next.set(entry.key, entry);
		}
		for (const [key, { series }] of known) if (!next.has(key) && series.alive) store.markStale(series, t);
		known = next;
		return stored;
	};

	return { record, end: (t) => void record(t, []) };
}
