import type { Severity } from "../domain/severity.ts";
import type { Labels } from "../domain/time-series.ts";
import type { Watch, WatchStatus } from "../domain/watch.ts";
import type { ScoredPoint, WatchBoard, WatchReading, WatchSeries } from "../ports/watch-board.ts";

const POINTS_KEPT = 240;
/** Series whose points are kept, of one watch and over all watches: some 40 MB at most. */
const SERIES_OF_WATCH = 200;
const SERIES_IN_ALL = 1000;
const SERIES_AT_LEAST = 5;

/** The board with its writing side: what the scorer of each watch reports. */
export type WritableWatchBoard = WatchBoard & {
	/** Of so many series of a watch points are kept; which ones, the scorer chooses. Those beyond are passed over. */
	readonly seriesKept: number;
	setStatus(watch: Watch, status: WatchStatus): void;
	addPoint(
		watch: Watch,
		key: string,
		series: { readonly labels: Labels; readonly target: string },
		point: ScoredPoint,
	): void;
	setSeverity(watch: string, key: string, severity: Severity | undefined): void;
	dropSeries(watch: string, key: string): void;
	/** The watch was taken away. */
	dropWatch(name: string): void;
};

type Entry = {
	watch: Watch;
	status: WatchStatus;
	series: Map<string, WatchSeries & { points: ScoredPoint[] }>;
};

/** The newest scores in memory: at most 240 points a series, of at most 200 series a watch and some 1,000 in all. */
export function createWatchBoard(watches: readonly Watch[]): WritableWatchBoard {
	const entries = new Map<string, Entry>(
		watches.map((watch) => [watch.name, { watch, status: waiting(watch.name), series: new Map() }]),
	);
	const entryOf = (watch: Watch): Entry => {
		const known = entries.get(watch.name);
		if (known) return known;
		const fresh: Entry = { watch, status: waiting(watch.name), series: new Map() };
		entries.set(watch.name, fresh);
		return fresh;
	};
	const readingOf = (entry: Entry): WatchReading => ({
		watch: entry.watch,
		status: entry.status,
		series: [...entry.series.values()],
	});
	const shared = Math.floor(SERIES_IN_ALL / Math.max(1, watches.length));
	const seriesKept = Math.min(SERIES_OF_WATCH, Math.max(SERIES_AT_LEAST, shared));
	return {
		seriesKept,
		readings: () => [...entries.values()].filter(isMeasured).map(readingOf),
		reading: (name) => {
			const entry = entries.get(name);
			return entry && readingOf(entry);
		},
		setStatus: (watch, status) => {
			const entry = entryOf(watch);
			entry.watch = watch;
			entry.status = status;
		},
		addPoint: (watch, key, series, point) => {
			const entry = entryOf(watch);
			const known = entry.series.get(key);
			if (!known) {
				if (entry.series.size >= seriesKept) return;
				entry.series.set(key, { ...series, points: [point] });
				return;
			}
			known.points.push(point);
			if (known.points.length > POINTS_KEPT) known.points.splice(0, known.points.length - POINTS_KEPT);
		},
		setSeverity: (watch, key, severity) => {
			const entry = entries.get(watch);
			const known = entry?.series.get(key);
			if (!entry || !known) return;
			const { severity: _old, ...rest } = known;
			entry.series.set(key, severity ? { ...rest, severity } : rest);
		},
		dropSeries: (watch, key) => {
			entries.get(watch)?.series.delete(key);
		},
		dropWatch: (name) => {
			entries.delete(name);
		},
	};
}

function waiting(name: string): WatchStatus {
	return { name, state: "learning", progress: 0, samples: 0, samplesNeeded: 0, seriesCount: 0 };
}

function isMeasured({ status }: Entry): boolean {
	return status.absent !== true;
}
