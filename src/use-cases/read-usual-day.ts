import { usualCourse } from "../../models/forecast/usual-course.ts";
import { type Labels, type Sample, type Span, sameLabels } from "../domain/time-series.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";

/** A week in 673 points: enough to know how the usual day goes. */
const HISTORY_MS = 7 * 86_400_000;
const HISTORY_STEP_MS = 15 * 60_000;

/**
 * How the usual day of a series goes over a span, from the week before `nowMs`: see `usualCourse`. One query. Empty
 * where the week can't be read: a chart without it is better than none.
 */
export async function readUsualDay(
	metrics: MetricsSource,
	{ query, labels }: { readonly query: string; readonly labels: Labels },
	span: Span,
	nowMs: number,
): Promise<readonly Sample[]> {
	const endMs = Math.floor(nowMs / HISTORY_STEP_MS) * HISTORY_STEP_MS;
	const week = { startMs: endMs - HISTORY_MS, endMs, stepMs: HISTORY_STEP_MS };
	const series = await metrics.range(query, week).catch(() => []);
	const history = series.find((item) => sameLabels(item.labels, labels))?.samples ?? [];
	return usualCourse(history, span);
}
