import type { Band } from "../../src/domain/anomaly.ts";
import type { Unit } from "../../src/domain/quantity.ts";
import type { Severity } from "../../src/domain/severity.ts";
import type { Labels } from "../../src/domain/time-series.ts";
import { type MetricKind, shownBand, type Watch } from "../../src/domain/watch.ts";
import type { WatchBoard, WatchSeries } from "../../src/ports/watch-board.ts";

/** What is expected of a quantity, as the watch that observes it knows it now. */
export type Expectation = {
	readonly watch: Watch;
	readonly learning: boolean;
	/** The bands of the newest scored points, oldest first. */
	readonly points: readonly (Band & { readonly t: number })[];
	/** Present while an anomaly is open. */
	readonly severity?: Severity;
};

/** The expectation for a metric of a target in a unit, if any watch observes just that. */
export function expectationOf(
	board: WatchBoard,
	wanted: {
		readonly target: string;
		readonly metric: MetricKind;
		/** The one watch that counts. */
		readonly watch?: string;
		readonly unit: Unit;
		readonly labels?: Labels;
	},
): Expectation | undefined {
	for (const { watch, status, series } of board.readings()) {
		if (watch.kind !== wanted.metric || watch.unit !== wanted.unit) continue;
		if (wanted.watch !== undefined && wanted.watch !== watch.name) continue;
		const own = pick(
			series.filter((one) => one.target === wanted.target),
			wanted.labels,
		);
		if (!own) continue;
		const points = own.points.flatMap(({ t, low, high }) =>
			low === undefined || high === undefined ? [] : [{ t, ...shownBand(watch, { low, high }) }],
		);
		const learning = status.state === "learning";
		return { watch, learning, points, ...(own.severity ? { severity: own.severity } : {}) };
	}
	return undefined;
}

/** The series with the same mount point, else the only one. */
function pick(series: readonly WatchSeries[], labels: Labels | undefined): WatchSeries | undefined {
	const mountpoint = labels?.mountpoint;
	if (mountpoint === undefined) return series[0];
	const same = series.find((one) => one.labels.mountpoint === mountpoint);
	const unlabelled =
		mountpoint === "/" ? series.find((one) => one.labels.mountpoint === undefined) : undefined;
	return same ?? unlabelled;
}

/** The newest band, if it is at most `atMost` milliseconds older than `atMs`. */
export function bandAt(
	expectation: Expectation | undefined,
	atMs: number,
	atMost = 300_000,
): Band | undefined {
	const last = expectation?.points.findLast((point) => point.t <= atMs + 1000);
	return last && atMs - last.t <= atMost ? { low: last.low, high: last.high } : undefined;
}

/** The middle of the bands of a span. */
export function bandOver(
	expectation: Expectation | undefined,
	startMs: number,
	endMs: number,
): Band | undefined {
	const points = expectation?.points.filter((point) => point.t >= startMs && point.t <= endMs) ?? [];
	const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];
	const low = middle(points.map((point) => point.low));
	const high = middle(points.map((point) => point.high));
	return low === undefined || high === undefined ? undefined : { low, high };
}
