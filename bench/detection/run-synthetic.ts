import { digits, table } from "../table.ts";
import type { Scores } from "./candidate.ts";
import { checkPrefixes } from "./check-prefix.ts";
import type { LabelledSeries } from "./corpus/labelled-series.ts";
import { evaluateEvents } from "./evaluate/events.ts";
import { type EventRow, eventTable } from "./report/event-table.ts";
import { candidateOf, type Run, rounded, type SectionResult } from "./run.ts";
import { runBank } from "./run-bank.ts";
import { countEvents, type EventRun, sumEvents } from "./score/event-f1.ts";
import { STEP_SECONDS, synthesize, WARM_UP_POINTS } from "./synthetic.ts";

const SEED = 7;
/** Of each kind one series goes through the prefix test. */
const PREFIX_EVERY = 6;

export type SyntheticJson = {
	eventF1: number | null;
	aucPr: number | null;
	precision: number | null;
	recall: number | null;
	alarmsPerSeriesDay: number | null;
};

/** Made series with injected anomalies: all kinds together, then what is found of each kind. */
export async function runSynthetic(run: Run): Promise<SectionResult<SyntheticJson>> {
	const series = synthesize(SEED);
	const rows: EventRow[] = [];
	const kinds: string[][] = [];
	let broken: readonly string[] = [];
	for (const candidate of [candidateOf(run.detector), ...run.peers]) {
		run.say(`synthetic: ${candidate.name}`);
		const scores: Scores[] = [];
		for (const one of series)
			scores.push((await candidate.score(one)) ?? new Float32Array(one.values.length));
		if (rows.length === 0) {
			for (const [k, one] of series.entries()) run.hash.add(one.name, scores[k] ?? new Float32Array());
			broken = prefixes(run, series, scores);
		}
		const runs = series.map((one, k) => toEventRun(one, scores[k]));
		rows.push({ name: candidate.name, result: evaluateEvents(runs) });
		kinds.push([candidate.name, ...recallByKind(series, runs)]);
	}
	const names = [...new Set(series.map((one) => one.category))];
	const text = [
		eventTable(`Synthetic, not real data: ${series.length} made series of 28 days, seed ${SEED}`, rows),
		table(
			"Synthetic by kind: share of events found, frozen threshold; clean: false alarms a series-day",
			["detector", ...names],
			kinds,
		),
	].join("\n");
	const own = rows[0]?.result;
	const json = own && {
		eventF1: rounded(own.f1, 4),
		aucPr: rounded(own.aucPr, 4),
		precision: rounded(own.precision, 4),
		recall: rounded(own.recall, 4),
		alarmsPerSeriesDay: rounded(own.alarmsPerSeriesDay, 4),
	};
	return { text, json, broken };
}

function toEventRun(series: LabelledSeries, scores: Scores | undefined): EventRun {
	return {
		scores: scores ?? new Float32Array(series.values.length),
		labels: series.labels,
		from: WARM_UP_POINTS,
		stepSeconds: STEP_SECONDS,
	};
}

function recallByKind(series: readonly LabelledSeries[], runs: readonly EventRun[]): string[] {
	const kinds = [...new Set(series.map((one) => one.category))];
	return kinds.map((kind) => {
		const own = runs.filter((_, k) => series[k]?.category === kind).map((one) => countEvents(one, 1));
		const score = sumEvents(own);
		return Number.isNaN(score.recall) ? digits(score.alarmsPerSeriesDay, 2) : digits(score.recall, 2);
	});
}

function prefixes(run: Run, series: readonly LabelledSeries[], scores: readonly Scores[]): readonly string[] {
	const picked = series.map((_, k) => k).filter((k) => k % PREFIX_EVERY === 0);
	return checkPrefixes(
		picked.flatMap((k) => series[k] ?? []),
		picked.map((k) => Float32Array.from(scores[k] ?? [])),
		({ timesMs, values }, points) =>
			runBank(run.detector, timesMs.subarray(0, points), values.subarray(0, points), STEP_SECONDS),
	);
}
