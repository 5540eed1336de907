import { AppError } from "../domain/errors.ts";
import type { Series, Span } from "../domain/time-series.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import type { BacktestPlan } from "./backtest-plan.ts";

const TIMEOUT_MS = 30_000;
const LEAST_STEPS = 10;

/** One answer of the source, and how much of the plan is read with it (0-1). */
export type BacktestPiece = { readonly series: readonly Series[]; readonly share: number };

/**
 * Reads a plan piece by piece, oldest first; one piece is in memory at a time. What the source refuses as too much is
 * asked for in smaller pieces.
 * @throws AppErrors of the source; what `signal` was aborted with
 */
export async function* readPieces(
	metrics: Pick<MetricsSource, "range">,
	query: string,
	plan: BacktestPlan,
	signal?: AbortSignal,
): AsyncGenerator<BacktestPiece> {
	let pieceSteps = plan.pieceSteps;
	for (let from = 0; from < plan.steps; ) {
		signal?.throwIfAborted();
		const to = Math.min(plan.steps, from + pieceSteps) - 1;
		const span: Span = {
			startMs: plan.startMs + from * plan.stepMs,
			endMs: plan.startMs + to * plan.stepMs,
			stepMs: plan.stepMs,
		};
		const series = await readPiece(metrics, query, span, signal);
		if (series instanceof AppError && pieceSteps <= LEAST_STEPS) throw series;
		if (series instanceof AppError) pieceSteps = Math.max(LEAST_STEPS, Math.floor(pieceSteps / 4));
		else {
			from = to + 1;
			yield { series, share: from / plan.steps };
		}
	}
}

/** One answer; the refusal where it would be too much for the source. */
export async function readPiece(
	metrics: Pick<MetricsSource, "range">,
	query: string,
	span: Span,
	signal?: AbortSignal,
): Promise<readonly Series[] | AppError> {
	try {
		return await metrics.range(query, span, { timeoutMs: TIMEOUT_MS, ...(signal ? { signal } : {}) });
	} catch (error) {
		if (error instanceof AppError && error.code === "limited") return error;
		throw error;
	}
}
