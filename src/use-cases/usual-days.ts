import { usualCourse } from "../../models/forecast/usual-course.ts";
import { type Labels, labelsText, type Sample, type Series, type Span } from "../domain/time-series.ts";
import type { MetricsSource } from "../ports/metrics-source.ts";

/** A week in 673 points: enough to know how the usual day goes. */
const HISTORY_MS = 7 * 86_400_000;
const HISTORY_STEP_MS = 15 * 60_000;
/** So long a reading serves all who ask; a failed one spares the source for a shorter time. */
const KEPT_MS = 10 * 60_000;
const FAILED_KEPT_MS = 60_000;
/** Some 40 KB a series: 10 MB at most. */
const MOST_QUERIES = 16;
const MOST_SERIES = 16;

/** How usual days go, remembered for a while: what is drawn again every few seconds reads its week once. */
export type UsualDays = {
	/**
	 * How the usual day of a series goes over a span, from the week before `nowMs`: see `usualCourse`. At most one query
	 * of a week in ten minutes for each query and 16 of its series. Empty where the week can't be read: a chart without
	 * it is better than none; the same source is asked again after a minute, another one at once.
	 */
	read(
		metrics: Pick<MetricsSource, "range">,
		series: { readonly query: string; readonly labels: Labels },
		span: Span,
		nowMs: number,
	): Promise<readonly Sample[]>;
};

/** Histories by labels; `whole`: the source has no series but these. */
type Week = { readonly series: ReadonlyMap<string, readonly Sample[]>; readonly whole: boolean };

type Reading = {
	readonly metrics: Pick<MetricsSource, "range">;
	/** Undefined where it failed. */
	readonly week: Promise<Week | undefined>;
	/** There once it was read. */
	known?: Week;
	untilMs: number;
};

/** An empty memory. One for each process. */
export function createUsualDays(): UsualDays {
	const readings = new Map<string, Reading>();
	const keep = (query: string, reading: Reading) => {
		readings.delete(query);
		readings.set(query, reading);
		for (const oldest of [...readings.keys()].slice(0, -MOST_QUERIES)) readings.delete(oldest);
	};
	const begin = (metrics: Reading["metrics"], query: string, key: string, nowMs: number): Reading => {
		const before = readings.get(query)?.known?.series.keys() ?? [];
		const week = readWeek(metrics, query, nowMs).then((series) => {
			if (!series) {
				reading.untilMs = nowMs + FAILED_KEPT_MS;
				return undefined;
			}
			reading.known = weekOf(series, [key, ...before]);
			keep(query, reading);
			return reading.known;
		});
		const reading: Reading = { metrics, week, untilMs: nowMs + KEPT_MS };
		keep(query, reading);
		return reading;
	};
	return {
		read: async (metrics, { query, labels }, span, nowMs) => {
			const key = labelsText(labels);
			const last = readings.get(query);
			// What is being read, or failed, is no answer for whoever asks another source: it may be slower, or less patient.
			const serves = last && nowMs < last.untilMs && (last.known || last.metrics === metrics);
			const found = await (serves ? last : begin(metrics, query, key, nowMs)).week;
			const leftOut = found && !found.whole && !found.series.has(key);
			const week = leftOut ? await begin(metrics, query, key, nowMs).week : found;
			return usualCourse(week?.series.get(key) ?? [], span);
		},
	};
}

/** The wanted series, first wanted first, and others while there is room. */
function weekOf(read: readonly Series[], wanted: readonly string[]): Week {
	const all = new Map(read.map(({ labels, samples }) => [labelsText(labels), samples]));
	const names = [...new Set([...wanted, ...all.keys()])].slice(0, MOST_SERIES);
	const series = new Map(names.map((name) => [name, all.get(name) ?? []]));
	return { series, whole: [...all.keys()].every((name) => series.has(name)) };
}

async function readWeek(
	metrics: Reading["metrics"],
	query: string,
	nowMs: number,
): Promise<readonly Series[] | undefined> {
	const endMs = Math.floor(nowMs / HISTORY_STEP_MS) * HISTORY_STEP_MS;
	const week = { startMs: endMs - HISTORY_MS, endMs, stepMs: HISTORY_STEP_MS };
	return metrics.range(query, week).catch(() => undefined);
}
