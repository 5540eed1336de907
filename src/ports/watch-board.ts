import type { Severity } from "../domain/severity.ts";
import type { Labels } from "../domain/time-series.ts";
import type { Watch, WatchStatus } from "../domain/watch.ts";

/** A value with the band it was judged by; no band while the detector is learning. */
export type ScoredPoint = {
	readonly t: number;
	readonly v: number;
	readonly low?: number;
	readonly high?: number;
	readonly score: number;
};

/** One series of a watch: its newest scored points, oldest first, at most 240. */
export type WatchSeries = {
	readonly labels: Labels;
	readonly target: string;
	readonly points: readonly ScoredPoint[];
	/** Present while an anomaly is open on this series. */
	readonly severity?: Severity;
};

/** What is known of a watch now. */
export type WatchReading = {
	readonly watch: Watch;
	readonly status: WatchStatus;
	readonly series: readonly WatchSeries[];
};

/** The newest scores of all watches, for pages and answers. Bounded; holds no truth. */
export type WatchBoard = {
	readings(): readonly WatchReading[];
	reading(name: string): WatchReading | undefined;
};
