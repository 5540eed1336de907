import { AppError } from "../domain/errors.ts";
import type { Series, Span } from "../domain/time-series.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";
import { readPiece } from "./backtest-reading.ts";

/** Instants of the first look at a span. */
const FEW_STEPS = 100;
/**
 * Instants of the second look, at what seemed empty: 90 days are 2.6 minutes apart then, and a source shows a sample for
 * five. One query has at most `QUERY_STEPS` of them, fewer where there are many series.
 */
const MOST_STEPS = 50_000;
const QUERY_STEPS = 10_000;
const LEAST_STEPS = 10;
const SAMPLES_OF_ANSWER = 500_000;

type Extent = Pick<Span, "startMs" | "endMs">;
type Beginning = { readonly startMs: number; readonly seriesCount: number };

/**
 * Looks where the data of a span begin, and how many series it has. A few instants say most of it; what seems empty by
 * them is looked at closely, since a target may have been silent at just those. Nine queries at most where the source
 * takes them whole.
 * @throws AppErrors of the source; what `signal` was aborted with
 */
export async function lookAhead(
	metrics: Pick<MetricsSource, "range">,
	query: string,
	span: Extent,
	intervalMs: number,
	signal?: AbortSignal,
): Promise<Beginning> {
	const read = (part: Span) => readPiece(metrics, query, part, signal);
	const probed = fewInstants(span, intervalMs);
	const found = await read(probed);
	if (found instanceof AppError) throw found;
	const seriesCount = found.length;
	const seenMs = firstOf(found);
	if (seenMs !== undefined && seenMs <= probed.startMs) return { startMs: span.startMs, seriesCount };
	const empty = { startMs: span.startMs, endMs: seenMs ?? span.endMs };
	const closely = await lookClosely(read, empty, intervalMs, seriesCount);
	const firstMs = closely?.startMs ?? seenMs;
	return {
		startMs: firstMs === undefined ? span.startMs : Math.max(span.startMs, firstMs - intervalMs),
		seriesCount: Math.max(seriesCount, closely?.seriesCount ?? 0),
	};
}

/** The first value of a span, to the interval where that takes no more than `MOST_STEPS`, else in two looks. */
async function lookClosely(
	read: (part: Span) => Promise<readonly Series[] | AppError>,
	span: Extent,
	intervalMs: number,
	seriesCount: number,
): Promise<Beginning | undefined> {
	const stepMs = intervalMs * Math.max(1, Math.ceil((span.endMs - span.startMs) / intervalMs / MOST_STEPS));
	const affordable = Math.floor(SAMPLES_OF_ANSWER / Math.max(1, seriesCount));
	let steps = Math.max(LEAST_STEPS, Math.min(QUERY_STEPS, affordable));
	for (let fromMs = span.startMs; fromMs <= span.endMs; ) {
		const endMs = Math.min(span.endMs, fromMs + (steps - 1) * stepMs);
		const found = await read({ startMs: fromMs, endMs, stepMs });
		if (found instanceof AppError) {
			if (steps <= LEAST_STEPS) throw found;
			steps = Math.max(LEAST_STEPS, Math.floor(steps / 4));
			continue;
		}
		const firstMs = firstOf(found);
		if (firstMs === undefined) {
			fromMs = endMs + stepMs;
			continue;
		}
		if (stepMs === intervalMs || firstMs === span.startMs)
			return { startMs: firstMs, seriesCount: found.length };
		const exact = await lookClosely(
			read,
			{ startMs: firstMs - stepMs, endMs: firstMs },
			intervalMs,
			found.length,
		);
		return { startMs: exact?.startMs ?? firstMs, seriesCount: found.length };
	}
	return undefined;
}

/** A span in few steps that end with it. */
export function fewInstants({ startMs, endMs }: Extent, intervalMs: number): Span {
	const stepMs = Math.max(intervalMs, Math.ceil((endMs - startMs) / FEW_STEPS / intervalMs) * intervalMs);
	return { startMs: endMs - Math.floor((endMs - startMs) / stepMs) * stepMs, endMs, stepMs };
}

/** The time of the first value of any series. */
export function firstOf(series: readonly Series[]): number | undefined {
	const begins = series.flatMap(({ samples }) => samples.find(({ v }) => Number.isFinite(v))?.t ?? []);
	return begins.length > 0 ? Math.min(...begins) : undefined;
}
