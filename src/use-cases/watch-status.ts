import type { WatchStatus } from "../domain/watch.ts";
import type { WatchState } from "./watch-state.ts";

/** What is said of a watch after a scoring. It is ready when its longest known series is. */
export function statusOf(
	{ watch, bank, table }: WatchState,
	told: {
		readonly failed: boolean;
		readonly absent: boolean;
		readonly problem: string | undefined;
		readonly note?: string | undefined;
		readonly scoredAtMs: number | undefined;
	},
): WatchStatus {
	let [least, most] = [Number.POSITIVE_INFINITY, 0];
	for (const slot of table.all()) {
		const seen = bank.seen(slot);
		if (seen < least) least = seen;
		if (seen > most) most = seen;
	}
	const known = table.size > 0;
	const ready = known && most >= bank.needed;
	const counted = ready ? most : least;
	return {
		name: watch.name,
		state: told.failed && !known ? "failed" : ready ? "ready" : "learning",
		progress: ready ? 1 : known ? counted / bank.needed : 0,
		samples: known ? Math.min(counted, bank.needed) : 0,
		samplesNeeded: known ? bank.needed : 0,
		seriesCount: table.size,
		...(told.scoredAtMs === undefined ? {} : { lastScoredAtMs: told.scoredAtMs }),
		...(told.problem ? { problem: told.problem } : {}),
		...(told.note ? { note: told.note } : {}),
		...(told.absent ? { absent: true } : {}),
	};
}
