import { checkPrefixes } from "./check-prefix.ts";
import { readNab } from "./corpus/read-nab.ts";
import { evaluateEvents } from "./evaluate/events.ts";
import { evaluateNab, type NabEntry, type NabFigures } from "./evaluate/nab.ts";
import { published, publishedScores } from "./peers/published.ts";
import { EVENT_NOTES, type EventRow, eventTable } from "./report/event-table.ts";
import { type NabRow, nabTables, publishedTable } from "./report/nab-tables.ts";
import { candidateOf, type Run, rounded, type SectionResult } from "./run.ts";
import { medianGapSeconds, runBank } from "./run-bank.ts";
import { probationOf } from "./score/nab-weights.ts";

type Figures = { standard: number | null; lowFp: number | null; lowFn: number | null };

/** The figures of the detector with the rest period; `withoutRest` beside them. */
export type NabJson = Figures & {
	frozen: number | null;
	frozenInterval: readonly (number | null)[];
	publicThreshold: Figures | null;
	withoutRest: Figures & { frozen: number | null };
	series: number;
};

/** NAB: its own scores, events at the frozen threshold, and the prefix test. */
export async function runNab(run: Run): Promise<SectionResult<NabJson>> {
	const { items: series, skipped } = readNab(run.data);
	if (series.length === 0)
		return { text: `\n${skipped.concat("NAB: no series here.").join("\n")}\n`, json: undefined, broken: [] };
	const rows: NabRow[] = [];
	const events: EventRow[] = [];
	let broken: readonly string[] = [];
	const others = run.peers.length === 0 ? [] : [...run.peers, ...published(run.data)];
	for (const candidate of [candidateOf(run.detector), ...others]) {
		run.say(`NAB: ${candidate.name}`);
		const entries: NabEntry[] = [];
		for (const one of series) {
			const scores = await candidate.score(one);
			if (scores !== undefined) entries.push({ series: one, scores });
		}
		if (entries.length === 0) continue;
		const name =
			entries.length < series.length ? `${candidate.name} (${entries.length} series)` : candidate.name;
		if (rows.length === 0) {
			for (const entry of entries) run.hash.add(entry.series.name, entry.scores);
			broken = prefixes(run, entries);
		}
		rows.push({ name, plain: evaluateNab(entries, false), rested: evaluateNab(entries, true) });
		events.push({ name, result: evaluateEvents(entries.map(toEventRun)) });
	}
	const names = series.map((one) => one.name);
	const text = [
		...skipped,
		nabTables(rows, names),
		...(run.peers.length === 0 ? [] : [publishedTable(publishedScores(run.data))]),
		eventTable("NAB as events: windows as labels, without rest", events, EVENT_NOTES),
	].join("\n");
	return { text, json: toJson(rows[0], series.length), broken };
}

function prefixes(run: Run, entries: readonly NabEntry[]): readonly string[] {
	const signals = entries.map((entry) => entry.series);
	const whole = entries.map((entry) => Float32Array.from(entry.scores));
	return checkPrefixes(signals, whole, ({ timesMs, values }, points) =>
		runBank(run.detector, timesMs.subarray(0, points), values.subarray(0, points), medianGapSeconds(timesMs)),
	);
}

function toEventRun({ series, scores }: NabEntry) {
	const stepSeconds = medianGapSeconds(series.timesMs);
	return { scores, labels: series.labels, from: Math.ceil(probationOf(scores.length)), stepSeconds };
}

function toJson(row: NabRow | undefined, series: number): NabJson | undefined {
	if (row === undefined) return undefined;
	const { plain, rested } = row;
	return {
		...figuresJson(rested.best),
		frozen: rounded(rested.frozen.standard, 2),
		frozenInterval: rested.frozenInterval.map((bound) => rounded(bound, 2)),
		publicThreshold: rested.unseen === undefined ? null : figuresJson(rested.unseen),
		withoutRest: { ...figuresJson(plain.best), frozen: rounded(plain.frozen.standard, 2) },
		series,
	};
}

function figuresJson(figures: NabFigures): Figures {
	return {
		standard: rounded(figures.standard, 2),
		lowFp: rounded(figures.lowFp, 2),
		lowFn: rounded(figures.lowFn, 2),
	};
}
