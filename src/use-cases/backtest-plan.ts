import type { Span } from "../domain/time-series.ts";

/** What one replay may cost: points that are scored (each by three detectors), and points that are fetched for it. */
export type BacktestBudget = { readonly scoredPoints: number; readonly fetchedPoints: number };

/** For people who wait at a page or a terminal: about a minute. */
export const PATIENT: BacktestBudget = { scoredPoints: 2_000_000, fetchedPoints: 6_000_000 };
/** For those who wait in chat: some ten seconds. */
export const BRISK: BacktestBudget = { scoredPoints: 300_000, fetchedPoints: 1_500_000 };

/** More series than these are counted and left out. */
export const MOST_SERIES = 200;
/** A source answers at most 11,000 points for each series of one query. */
const POINTS_OF_QUERY = 10_000;
/** Samples in one answer: they are in memory together. */
const SAMPLES_OF_ANSWER = 100_000;
const MOST_POINTS = 200_000;

/** How a replay is fetched. `steps` counts from `startMs` to `endMs`, both inclusive. */
export type BacktestPlan = Span & {
	readonly steps: number;
	/** How many steps one query asks for. */
	readonly pieceSteps: number;
};

/**
 * The plan for a span of so many series: at the watch's own interval where the budget allows it, else at a multiple.
 * Pure.
 */
export function planBacktest(
	{ startMs, endMs }: Pick<Span, "startMs" | "endMs">,
	seriesCount: number,
	intervalMs: number,
	budget: BacktestBudget,
): BacktestPlan {
	const series = Math.max(1, seriesCount);
	const most = Math.max(
		100,
		Math.min(
			MOST_POINTS,
			Math.floor(budget.scoredPoints / Math.min(series, MOST_SERIES)),
			Math.floor(budget.fetchedPoints / series),
		),
	);
	const stepMs = intervalMs * Math.max(1, Math.ceil((endMs - startMs) / intervalMs / most));
	const span = alignedSpan(startMs, endMs, stepMs);
	const pieceSteps = Math.max(10, Math.min(POINTS_OF_QUERY, Math.floor(SAMPLES_OF_ANSWER / series)));
	return { ...span, steps: Math.floor((span.endMs - span.startMs) / stepMs) + 1, pieceSteps };
}

/** Instants on whole steps, so that the same span asked for twice is the same instants. */
function alignedSpan(startMs: number, endMs: number, stepMs: number): Span {
	const end = Math.floor(endMs / stepMs) * stepMs;
	return { startMs: Math.min(end, Math.floor(startMs / stepMs) * stepMs), endMs: end, stepMs };
}
