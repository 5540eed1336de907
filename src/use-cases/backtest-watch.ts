import type { BankDetector, Sensitivity } from "../../models/define-bank.ts";
import type { StepTraining } from "../../models/train-in-step.ts";
import { AppError } from "../domain/errors.ts";
import { formatDuration } from "../domain/quantity.ts";
import { isAtLeast } from "../domain/severity.ts";
import { labelsText, type Series } from "../domain/time-series.ts";
import { timeToken } from "../domain/time-text.ts";
import type { Watch } from "../domain/watch.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import { countPerDay } from "./backtest-days.ts";
import { type BacktestBudget, type BacktestPlan, MOST_SERIES, planBacktest } from "./backtest-plan.ts";
import { lookAhead, readPieces } from "./backtest-reading.ts";
import { createReplay, type Replay, type ReplayedSeries } from "./backtest-replay.ts";
import type { Backtest, BacktestOutcome, BacktestSeries } from "./backtest-result.ts";
import { sensitivityOf } from "./effective-watches.ts";

const DAY_MS = 86_400_000;
const MOST_DAYS = 90;
/** What is learned from before anything is counted: a tenth of the data, at most two days. */
const WARM_UP_SHARE = 0.1;
const LONGEST_WARM_UP_MS = 2 * DAY_MS;
const MOST_CHARTS = 5;
/** Other work of the process gets its turn at least this often. */
const SLICE_MS = 8;
const LOOK_AT_CLOCK_EVERY = 32;

export type BacktestDeps = {
	readonly metrics: Pick<MetricsSource, "range">;
	readonly clock: Clock;
	/** The detector of that name, or the default. */
	detector(name: string | undefined): BankDetector | undefined;
	/** What the detectors have trained: a replay waits for it before the next value. */
	readonly training: Pick<StepTraining, "settled" | "failed">;
	/** Lets other work of the process have its turn. */
	pause(): Promise<void>;
};

export type BacktestInput = {
	readonly watch: Watch;
	/** How far back, 1 to 90. */
	readonly days: number;
	readonly endMs: number;
	/** The watch's own where it is left out. */
	readonly sensitivity?: Sensitivity | undefined;
	/** The zone whose days findings are counted by. */
	readonly timeZone: string;
	readonly budget: BacktestBudget;
	readonly signal?: AbortSignal | undefined;
};

/** How far it is: `share` 0-1, and what it does as a part of a sentence. */
export type BacktestProgress = { readonly share: number; readonly step: string };

/**
 * What a watch would have reported over the last days, by its detector and by live scoring's own rules, at each
 * sensitivity. The same data and the same end give the same result.
 * @throws AppError `invalid`, `not_found` for an unknown detector, `unavailable` where a training fails, those of the metrics source; what `signal` says
 */
export async function backtestWatch(
	deps: BacktestDeps,
	input: BacktestInput,
	progress: (now: BacktestProgress) => void = () => undefined,
): Promise<Backtest> {
	const { watch, days, signal } = input;
	if (!(days > 0 && days <= MOST_DAYS))
		throw new AppError("invalid", `Say how many days to replay: 1 to ${MOST_DAYS}.`);
	const detector = deps.detector(watch.detector);
	if (!detector)
		throw new AppError(
			"not_found",
			`There is no detector "${watch.detector}"; correct it in the configuration.`,
		);
	const intervalMs = watch.intervalSeconds * 1000;
	progress({ share: 0, step: "Looking where the data begin" });
	const asked = { startMs: input.endMs - days * DAY_MS, endMs: input.endMs };
	const { startMs, seriesCount } = await lookAhead(deps.metrics, watch.query, asked, intervalMs, signal);
	const plan = planBacktest({ startMs, endMs: asked.endMs }, seriesCount, intervalMs, input.budget);
	const warmUpMs = Math.min(LONGEST_WARM_UP_MS, (plan.endMs - plan.startMs) * WARM_UP_SHARE);
	const replay = createReplay({ watch, detector, ...plan, warmUpEndMs: plan.startMs + warmUpMs });
	await run(deps, replay, input, plan, progress);
	return resultOf(replay, input, plan, {
		detector: detector.name,
		warmUpEndMs: plan.startMs + warmUpMs,
	});
}

async function run(
	deps: BacktestDeps,
	replay: Replay,
	{ watch, signal }: BacktestInput,
	plan: BacktestPlan,
	progress: (now: BacktestProgress) => void,
): Promise<void> {
	let sliceMs = deps.clock.now();
	let sinceLook = 0;
	for await (const { series, share } of readPieces(deps.metrics, watch.query, plan, signal)) {
		for (const _value of replay.judge(byLabels(series))) {
			const trained = deps.training.settled();
			if (trained) await inStep(trained, deps.training, signal);
			sinceLook += 1;
			if (sinceLook < LOOK_AT_CLOCK_EVERY) continue;
			sinceLook = 0;
			if (deps.clock.now() - sliceMs < SLICE_MS) continue;
			await deps.pause();
			signal?.throwIfAborted();
			sliceMs = deps.clock.now();
		}
		const days = formatDuration((plan.endMs - plan.startMs) * share);
		progress({ share, step: `Replayed ${days} of ${formatDuration(plan.endMs - plan.startMs)}` });
	}
}

/** Waits for what the value had trained. Without it the findings would be those of another forest. */
async function inStep(
	trained: Promise<void>,
	training: BacktestDeps["training"],
	signal: AbortSignal | undefined,
): Promise<void> {
	await trained;
	signal?.throwIfAborted();
	if (training.failed > 0)
		throw new AppError(
			"unavailable",
			"A forest could not be trained, so the replay was ended; try it again.",
		);
}

/** The source's order is not promised: without one of ours, which series are left out would be chance. */
function byLabels(series: readonly Series[]): readonly Series[] {
	if (series.length <= MOST_SERIES) return series;
	const keyed = series.map((one) => ({ one, key: labelsText(one.labels) }));
	return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ one }) => one);
}

function resultOf(
	replay: Replay,
	input: BacktestInput,
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

function notesOf(
	replay: Replay,
	input: BacktestInput,
	plan: BacktestPlan,
	askedMs: number,
): readonly string[] {
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
