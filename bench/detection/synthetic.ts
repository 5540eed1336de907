import { seededRandom } from "../../models/random.ts";
import type { LabelledSeries } from "./corpus/labelled-series.ts";
import { windowsFromLabels } from "./corpus/read-nab.ts";
import { type DailySeries, dailySeries } from "./synthetic/daily-series.ts";
import { type Extent, type Inject, injections } from "./synthetic/inject.ts";

const EVENTS_PER_SERIES = 3;
/** Days of history without anomalies; scored from here on. */
const WARM_UP_DAYS = 10;
const DAYS_PER_EVENT = 6;
export const STEP_SECONDS = 300;
const POINTS_PER_DAY = 86_400 / STEP_SECONDS;
export const WARM_UP_POINTS = WARM_UP_DAYS * POINTS_PER_DAY;
/** A finding that comes half an hour late is still true. */
const GRACE_POINTS = 6;
const START_MS = Date.UTC(2024, 0, 1);

/**
 * Made series of 28 days at 5 minutes with a daily season, a trend and autocorrelated noise: six for each kind of
 * injection with three events each, and six that are clean (or as many as `seriesPerKind`). The category is the kind. The same seed gives the same
 * numbers everywhere.
 */
export function synthesize(seed: number, seriesPerKind: number = 6): readonly LabelledSeries[] {
	const kinds = [...injections.keys(), "clean"];
	return kinds.flatMap((kind, k) =>
		Array.from({ length: seriesPerKind }, (_, n) => makeSeries(kind, n, seed * 1_000_003 + k * 101 + n)),
	);
}

function makeSeries(kind: string, number: number, seed: number): LabelledSeries {
	const random = seededRandom(seed);
	const points = WARM_UP_POINTS + EVENTS_PER_SERIES * DAYS_PER_EVENT * POINTS_PER_DAY;
	const series = dailySeries(points, POINTS_PER_DAY, random);
	const labels = new Uint8Array(points);
	for (const { start, end } of injectAll(series, injections.get(kind), random)) {
		labels.fill(1, start, end + GRACE_POINTS);
	}
	const timesMs = Float64Array.from({ length: points }, (_, i) => START_MS + i * STEP_SECONDS * 1000);
	const windows = windowsFromLabels(timesMs, labels);
	return { name: `${kind}-${number}`, category: kind, timesMs, values: series.values, labels, windows };
}

function injectAll(series: DailySeries, inject: Inject | undefined, random: () => number): readonly Extent[] {
	if (inject === undefined) return [];
	return Array.from({ length: EVENTS_PER_SERIES }, (_, event) => {
		const day = WARM_UP_DAYS + event * DAYS_PER_EVENT + 1 + Math.floor(random() * (DAYS_PER_EVENT - 3));
		return inject(series, day * POINTS_PER_DAY, random);
	});
}
