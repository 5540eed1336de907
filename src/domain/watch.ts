import type { Band } from "./anomaly.ts";
import type { Unit } from "./quantity.ts";
import type { Severity } from "./severity.ts";
import type { Labels } from "./time-series.ts";

/** What kinds of quantities watches observe; questions and explanations speak of metrics by these names. */
export const METRIC_KINDS = [
	"cpu",
	"memory",
	"disk",
	"load",
	"traffic",
	"error-rate",
	"latency",
	"network",
	"other",
] as const;

export type MetricKind = (typeof METRIC_KINDS)[number];

/** How readily a value is called abnormal; the one knob of a watch. */
export type Sensitivity = "low" | "normal" | "high";

/** A named PromQL query that is scored on a schedule. */
export type Watch = {
	readonly name: string;
	/** The metric in words, as sentences use it: `memory`, `error rate`, `95th percentile latency`. */
	readonly metric: string;
	readonly kind: MetricKind;
	readonly query: string;
	readonly unit: Unit;
	readonly intervalSeconds: number;
	/** The fixed target of all series, or the label whose value names it. */
	readonly target: { readonly name: string } | { readonly label: string };
	readonly environment: string;
	/** Which side of the band is a finding. */
	readonly direction: "above" | "below" | "both";
	/** The band is never narrower than this to each side (in `unit`): smaller changes do not matter to anybody. */
	readonly minimumChange: number;
	/** The detector that judges it, by its name in the registry; without one the default. */
	readonly detector?: string;
	/** `normal` where it is not given. */
	readonly sensitivity?: Sensitivity;
	/** How long values must stay outside before it is called an anomaly; 0 lets the detector decide. */
	readonly forSeconds: number;
	/** The worst severity this watch may raise. */
	readonly maximumSeverity: Severity;
	/** A known limit of the quantity, drawn in charts and used by forecasts. */
	readonly limit?: { readonly name: string; readonly value: number };
	/** Values can't be below this (0 for counts and shares). */
	readonly floor?: number;
	/** Whether it is passed over in silence where its metrics do not exist at all. */
	readonly optional?: boolean;
	/** Values can't be above this (100 for shares). */
	readonly ceiling?: number;
	/** The remediation proposed when this watch raises an incident; its parameters may use `$target`. */
	readonly remediation?: { readonly name: string; readonly parameters: Readonly<Record<string, string>> };
};

/** `learning`: no finding may be reported yet. `failed`: the query can't be scored; `problem` says why. */
type WatchState = "learning" | "ready" | "failed";

/** What is known of a watch at run time. `progress` is 0-1 while learning. */
export type WatchStatus = {
	readonly name: string;
	readonly state: WatchState;
	readonly progress: number;
	readonly samples: number;
	readonly samplesNeeded: number;
	readonly seriesCount: number;
	readonly lastScoredAtMs?: number;
	readonly problem?: string;
	/** What it does besides scoring, in words: how far it has learned from history. */
	readonly note?: string;
	/** Its metrics do not exist here, and it is passed over in silence. */
	readonly absent?: boolean;
};

/** The target a series belongs to; undefined where the watch names a label that the series lacks. */
export function targetOf(watch: Watch, labels: Labels): string | undefined {
	return "name" in watch.target ? watch.target.name : labels[watch.target.label];
}

/** A band as it is shown: within what values of the watch can be at all. */
export function shownBand(watch: Pick<Watch, "floor" | "ceiling">, band: Band): Band {
	return {
		low: Math.max(band.low, watch.floor ?? Number.NEGATIVE_INFINITY),
		high: Math.min(band.high, watch.ceiling ?? Number.POSITIVE_INFINITY),
	};
}
