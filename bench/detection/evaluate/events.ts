import { aucPr } from "../score/auc-pr.ts";
import { bootstrap, type Interval } from "../score/bootstrap.ts";
import { countEvents, type EventRun, type EventScore, oracleEvents, sumEvents } from "../score/event-f1.ts";

/** What a candidate reaches on labelled series, one run a series. */
export type EventResult = EventScore & {
	/** Mean over the series that have labels. */
	readonly aucPr: number;
	readonly aucPrInterval: Interval;
	readonly f1Interval: Interval;
	/** The best F1 of any threshold, chosen on these labels, and that threshold. */
	readonly oracleF1: number;
	readonly oracleAt: number;
};

/**
 * AUC-PR a series, events at the threshold 1, and the oracle beside it. Where `alarms` has something for a series, its
 * events are counted by that, 1 being an alarm; the area and the oracle are always those of the scores.
 */
export function evaluateEvents(
	runs: readonly EventRun[],
	alarms: readonly (EventRun["scores"] | undefined)[] = [],
): EventResult {
	const areas = runs.flatMap((run) => aucPr(run.scores, run.labels, run.from) ?? []);
	const counts = runs.map((run, k) => countEvents({ ...run, scores: alarms[k] ?? run.scores }, 1));
	const oracle = oracleEvents(runs);
	return {
		...sumEvents(counts),
		aucPr: mean(areas),
		aucPrInterval: bootstrap(areas, mean),
		f1Interval: bootstrap(counts, (drawn) => sumEvents(drawn).f1),
		oracleF1: oracle.f1,
		oracleAt: oracle.threshold,
	};
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
