import type { Sensitivity } from "../../models/define-bank.ts";
import type { Band } from "../domain/anomaly.ts";
import type { Severity } from "../domain/severity.ts";
import type { Labels } from "../domain/time-series.ts";
import type { Watch } from "../domain/watch.ts";

/** One thing that would have been reported. Times in Unix milliseconds, values in the watch's unit. */
export type BacktestFinding = {
	/** The series' labels as text, and the target it belongs to. */
	readonly series: string;
	readonly target: string;
	readonly labels: Labels;
	/** When the value left its band, when that would have been told, and when it was back; open at the end without. */
	readonly fromMs: number;
	readonly openedMs: number;
	readonly toMs?: number;
	readonly severity: Severity;
	/** The highest score, and the value furthest from the band. */
	readonly score: number;
	readonly peak: number;
	/** The value and the band it was told with. */
	readonly value: number;
	readonly band: Band;
	/** What is to be said of it by its peak. */
	readonly reason: string;
};

/** What one sensitivity would have reported. */
export type BacktestOutcome = {
	readonly count: number;
	/** Oldest first; the first 500. */
	readonly findings: readonly BacktestFinding[];
	/** Days of the reader's zone (`2026-11-20`) that have a finding, oldest first. */
	readonly perDay: readonly { readonly day: string; readonly count: number }[];
};

/** A series as a chart shows it, with the band of each sensitivity. */
export type BacktestSeries = {
	readonly key: string;
	readonly target: string;
	readonly points: readonly { readonly t: number; readonly v: number | null }[];
	readonly bands: Readonly<
		Record<Sensitivity, readonly { readonly t: number; readonly low: number; readonly high: number }[]>
	>;
};

/** What a watch would have reported over a span, at its own sensitivity and at the other two. */
export type Backtest = {
	readonly watch: Watch;
	readonly detector: string;
	/** The sensitivity that was asked for. */
	readonly sensitivity: Sensitivity;
	readonly startMs: number;
	readonly endMs: number;
	/** Findings are counted from here on: what was before was learned from. */
	readonly warmUpEndMs: number;
	/** Seconds between two points that were scored. */
	readonly stepSeconds: number;
	readonly points: number;
	readonly seriesReplayed: number;
	/** Whether any series had enough points to be judged after the warm-up. */
	readonly wasReady: boolean;
	readonly outcomes: Readonly<Record<Sensitivity, BacktestOutcome>>;
	/** Those with the worst findings first; at most 5. */
	readonly series: readonly BacktestSeries[];
	/** What was left out or is not known, one sentence each. */
	readonly notes: readonly string[];
};
