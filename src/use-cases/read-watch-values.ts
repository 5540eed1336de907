import type { MetricsSource, QueryOptions } from "../ports/metrics-source.ts";
import type { SlotValues } from "./watch-intake.ts";
import type { Unscored } from "./watch-slots.ts";
import type { WatchState } from "./watch-state.ts";

/** One answer to a watch's query: slots with their values, and what could not be taken in. */
export type WatchValues = SlotValues & {
	/** Elements of the answer. */
	readonly total: number;
	readonly unscored: Readonly<Record<Unscored, number>>;
};

/**
 * Asks the query of a watch once and takes the answer in as it comes. Nothing is judged before the answer is whole.
 * What it gives is written over by the next answer of this watch. AppErrors as of the source.
 */
export async function readWatchValues(
	metrics: Pick<MetricsSource, "eachInstant">,
	{ watch, intake }: Pick<WatchState, "watch" | "intake">,
	atMs: number,
	options: QueryOptions,
): Promise<WatchValues> {
	let total = 0;
	const unscored = { "no-target": 0, "too-many": 0, "too-many-of-target": 0, "too-long": 0 };
	intake.begin();
	await metrics.eachInstant(
		watch.query,
		atMs,
		(series, value) => {
			total += 1;
			const why = intake.take(series, value, atMs);
			if (why !== undefined) unscored[why] += 1;
		},
		options,
	);
	return { ...(await intake.finish(atMs)), total, unscored };
}

/** One sentence on the series that are not scored, and why; undefined where all are. */
export function unscoredSentence(
	{ total, unscored }: Pick<WatchValues, "total" | "unscored">,
	state: Pick<WatchState, "watch" | "maximumSeries">,
): string | undefined {
	const count = (number: number) => number.toLocaleString("en-US");
	const { target } = state.watch;
	const reasons = [
		[unscored["no-target"], `lack the label ${"label" in target ? target.label : ""}`],
		[
			unscored["too-many"],
			`are beyond the ${count(state.maximumSeries)} that a watch holds; aggregate in the query or raise detection.maximum_series_per_watch`,
		],
		[
			unscored["too-many-of-target"],
			"belong to targets with more metrics than can be judged together; select fewer in the query",
		],
		[unscored["too-long"], "have labels that are too long to be kept"],
	] as const;
	const told = reasons.filter(([number]) => number > 0).map(([number, why]) => `${count(number)} ${why}`);
	const left = Object.values(unscored).reduce((sum, number) => sum + number, 0);
	return told.length === 0
		? undefined
		: `${count(left)} of ${count(total)} series are not scored: ${told.join("; ")}.`;
}
