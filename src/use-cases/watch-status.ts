import type { WatchStatus } from "../domain/watch.ts";
import type { WatchState } from "./watch-state.ts";

/** What a scorer knows of a scoring. `history`: the share of history that is learned (0-1), until the watch goes live. */
export type Told = {
	readonly failed: boolean;
	readonly absent: boolean;
	readonly problem: string | undefined;
	readonly note: string;
	readonly history: number | undefined;
	readonly scoredAtMs: number | undefined;
};

/**
 * What is said of a watch after a scoring. It is ready when its longest known series is, and while its query fails it is
 * not, whatever it has learned. While it learns from history nothing is reported: it is not ready either.
 */
export function statusOf(state: WatchState, told: Told): WatchStatus {
	const { watch, bank, table } = state;
	const known = table.size > 0;
	const counted = known ? samplesOf(state) : 0;
	const ready = known && counted >= bank.needed && told.history === undefined;
	return {
		name: watch.name,
		state: told.failed ? "failed" : ready ? "ready" : "learning",
		progress: told.history ?? (ready ? 1 : known ? counted / bank.needed : 0),
		samples: known ? Math.min(counted, bank.needed) : 0,
		samplesNeeded: known ? bank.needed : 0,
		seriesCount: bank.gathering?.series ?? table.size,
		...(told.scoredAtMs === undefined ? {} : { lastScoredAtMs: told.scoredAtMs }),
		...(told.problem ? { problem: told.problem } : {}),
		...(told.note ? { note: told.note } : {}),
		...(told.absent ? { absent: true } : {}),
	};
}

/** Whether every series that is known has learned enough. */
export function isAllReady({ bank, table }: WatchState): boolean {
	if (table.size === 0) return false;
	for (const slot of table.all()) if (bank.seen(slot) < bank.needed) return false;
	return true;
}

/** So many series are looked at while none is known to be ready. */
const MOST_LOOKED_AT = 1000;

/** The samples of the series that was known longest; before one is ready, of the one that needs most. */
function samplesOf({ bank, table, oldest }: WatchState): number {
	if (oldest.slot !== undefined && table.series(oldest.slot) !== "") {
		const seen = bank.seen(oldest.slot);
		if (seen >= bank.needed) return seen;
	}
	let least = Number.POSITIVE_INFINITY;
	let looked = 0;
	for (const slot of table.all()) {
		const seen = bank.seen(slot);
		if (seen >= bank.needed) {
			oldest.slot = slot;
			return seen;
		}
		if (seen < least) least = seen;
		looked += 1;
		if (looked === MOST_LOOKED_AT) break;
	}
	return least;
}
