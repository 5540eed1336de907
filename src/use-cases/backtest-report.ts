import type { Sensitivity } from "../../models/define-bank.ts";
import { formatDuration } from "../domain/quantity.ts";
import { isAtLeast } from "../domain/severity.ts";
import { timeToken } from "../domain/time-text.ts";
import type { Watch } from "../domain/watch.ts";
import { countPerDay } from "./backtest-days.ts";
import { type BacktestPlan, MOST_SERIES } from "./backtest-plan.ts";
import type { Replay, ReplayedSeries } from "./backtest-replay.ts";
import type { Backtest, BacktestOutcome, BacktestSeries } from "./backtest-result.ts";
import { sensitivityOf } from "./effective-watches.ts";

const DAY_MS = 86_400_000;
const MOST_CHARTS = 5;

type Asked = {
	readonly watch: Watch;
	readonly days: number;
	readonly endMs: number;
	readonly sensitivity?: Sensitivity | undefined;
	readonly timeZone: string;
};

/** What a finished replay found, with the charts of the series that have most to tell, and what it does not tell. Pure. */
export function reportBacktest(
	replay: Replay,
	input: Asked,
	plan: BacktestPlan,
	facts: { readonly detector: string; readonly warmUpEndMs: number },
): Backtest {
	const { watch } = input;
	const sensitivity = input.sensitivity ?? sensitivityOf(watch);
	const outcomeOf = (which: Sensitivity): BacktestOutcome => {
		const { findings, count } = replay.outcome(which);
		return { findings, count, perDay: countPerDay(findings, input.timeZone) };
	};
	const outcomes = { low: outcomeOf("low"), normal: outcomeOf("normal"), high: outcomeOf("high") };
	return {
		watch: { ...watch, sensitivity },
		detector: facts.detector,
		sensitivity,
		startMs: plan.startMs,
		endMs: plan.endMs,
		warmUpEndMs: facts.warmUpEndMs,
		stepSeconds: plan.stepMs / 1000,
		points: replay.points,
		seriesReplayed: replay.series.length,
		wasReady: replay.wasReady,
		outcomes,
		series: worstFirst(replay.series, outcomes[sensitivity]).slice(0, MOST_CHARTS).map(chartSeries),
		notes: notesOf(replay, input, plan, input.endMs - input.days * DAY_MS),
	};
}

/** Series with the worst finding first, then the others by name. */
function worstFirst(
	series: readonly ReplayedSeries[],
	{ findings }: BacktestOutcome,
): readonly ReplayedSeries[] {
	const worst = new Map<string, BacktestOutcome["findings"][number]>();
	for (const finding of findings) {
		const known = worst.get(finding.series);
		const isWorse = !known || !isAtLeast(known.severity, finding.severity);
		if (isWorse || (known.severity === finding.severity && finding.score > known.score))
			worst.set(finding.series, finding);
	}
	const rank = (key: string) => ["critical", "high", "medium", "low"].indexOf(worst.get(key)?.severity ?? "");
	const order = (key: string) => (rank(key) < 0 ? 4 : rank(key));
	return series.toSorted(
		(a, b) =>
			order(a.key) - order(b.key) ||
			(worst.get(b.key)?.score ?? 0) - (worst.get(a.key)?.score ?? 0) ||
			(a.key < b.key ? -1 : 1),
	);
}

function chartSeries({ key, target, sketch }: ReplayedSeries): BacktestSeries {
	return {
		key,
		target,
		points: sketch.points(),
		bands: { low: sketch.bands(0), normal: sketch.bands(1), high: sketch.bands(2) },
	};
}

function notesOf(replay: Replay, input: Asked, plan: BacktestPlan, askedMs: number): readonly string[] {
	const { watch } = input;
	const notes: string[] = [];
	if (replay.points === 0)
		return [
			"The query gave no values in this span. Check that its metrics are scraped, or replay more days.",
		];
	if (!replay.wasReady)
		notes.push(`The data are too short to learn from: ${replay.points} points. Replay more days, or wait.`);
	if (plan.startMs - askedMs > Math.max(plan.stepMs, 0.02 * (plan.endMs - askedMs)))
		notes.push(`The data begin at ${timeToken(plan.startMs)}; nothing is known before it.`);
	if (plan.stepMs > watch.intervalSeconds * 1000)
		notes.push(
			`Scored at one point every ${formatDuration(plan.stepMs)} instead of every ${formatDuration(watch.intervalSeconds * 1000)}, to bound the work: shorter findings are not seen. Fewer days show them.`,
		);
	if (replay.leftOut > 0)
		notes.push(
			`${replay.leftOut} more series were left out: they lack the target label, or are beyond ${MOST_SERIES}.`,
		);
	return notes;
}
