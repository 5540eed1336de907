import type { BankDetector, Sensitivity } from "../../models/define-bank.ts";
import type { StepTraining } from "../../models/train-in-step.ts";
import { AppError } from "../domain/errors.ts";
import { formatDuration } from "../domain/quantity.ts";
import { labelsText, type Series } from "../domain/time-series.ts";
import type { Watch } from "../domain/watch.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import { type BacktestBudget, type BacktestPlan, MOST_SERIES, planBacktest } from "./backtest-plan.ts";
import { readPieces } from "./backtest-reading.ts";
import { createReplay, type Replay } from "./backtest-replay.ts";
import { reportBacktest } from "./backtest-report.ts";
import type { Backtest } from "./backtest-result.ts";
import { lookAhead } from "./look-ahead.ts";

const DAY_MS = 86_400_000;
const MOST_DAYS = 90;
/** What is learned from before anything is counted: a tenth of the data, at most two days. */
const WARM_UP_SHARE = 0.1;
const LONGEST_WARM_UP_MS = 2 * DAY_MS;
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
	if (!(days >= 1 && days <= MOST_DAYS))
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
	return reportBacktest(replay, input, plan, {
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
