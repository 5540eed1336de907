import type { Series } from "../../src/domain/time-series.ts";
import type { MetricsSource } from "../../src/ports/metrics-source.ts";
import { stepFor } from "./rate-window.ts";

/** Values are read at no more points than this for one series. */
const MOST_POINTS = 720;

/** The step for a span that keeps within the bound on points. */
export function stepOf(startMs: number, endMs: number, scrapeIntervalSeconds: number): number {
	return stepFor(Math.max(1, endMs - startMs), scrapeIntervalSeconds, MOST_POINTS);
}

/** The values of a query at each step of a span that ends exactly at `endMs`. */
export async function readSeries(
	metrics: MetricsSource,
	query: string,
	span: { readonly startMs: number; readonly endMs: number; readonly stepMs: number },
): Promise<readonly Series[]> {
	const steps = Math.floor((span.endMs - span.startMs) / span.stepMs);
	return await metrics.range(query, { ...span, startMs: span.endMs - steps * span.stepMs });
}

/** The one a sentence speaks of: the root disk, else the largest at the end. */
export function primaryFirst(series: readonly Series[]): readonly Series[] {
	const newest = (one: Series) => one.samples.at(-1)?.v ?? Number.NEGATIVE_INFINITY;
	const isRoot = (one: Series) => (one.labels.mountpoint === "/" ? 1 : 0);
	return series.toSorted((a, b) => isRoot(b) - isRoot(a) || newest(b) - newest(a));
}
