import type { Judgement, Reason, Sensitivity } from "../../models/define-bank.ts";
import type { Severity } from "../domain/severity.ts";

/** How a series is judged. What is left out is as the series was begun, or the default. */
export type ApiOptions = {
	readonly detector?: string | undefined;
	readonly sensitivity?: Sensitivity | undefined;
	readonly direction?: "above" | "below" | "both" | undefined;
	/** Seconds between two points, about. */
	readonly stepSeconds?: number | undefined;
};

/** One value of a named series; null says that there is none, and begins no series. Without a time it is of now. */
export type ApiPoint = {
	readonly series: string;
	readonly value: number | null;
	readonly atMs?: number | undefined;
};

/**
 * What is said of a point. `score`: how new it is, 0 again while the same alarm lasts; `outside`: whether it belongs to
 * something abnormal. `passedOver`: why it was neither judged nor learned.
 */
export type ApiVerdict = Omit<Judgement, "usual"> & {
	readonly series: string;
	readonly atMs: number;
	/** Where it is outside: since when, and how bad at the worst point since then. */
	readonly sinceMs?: number;
	readonly severity?: Severity;
	readonly reasons: readonly Reason[];
	/** Points learned, and points needed before anything is called outside. */
	readonly seen: number;
	readonly needed: number;
	readonly passedOver?: string;
};

/** What came of learning from history. */
type ApiTraining = {
	readonly series: string;
	readonly learned: number;
	readonly passedOver: number;
	readonly seen: number;
	readonly needed: number;
	readonly ready: boolean;
};

/** One series that is held. */
type ApiSeriesState = Omit<ApiTraining, "learned" | "passedOver"> & {
	readonly detector: string;
	readonly sensitivity: Sensitivity;
	readonly direction: "above" | "below" | "both";
	readonly stepSeconds: number;
	readonly lastAtMs?: number;
};

export type ApiSeries = {
	/**
	 * Judges one point, once what points before it had trained is there, and learns from it. AppErrors: `conflict`
	 * (begun with other options), `invalid` (detector, ahead of now), `limited` (no place for a new series).
	 */
	judge(point: ApiPoint, options: ApiOptions): Promise<ApiVerdict>;
	/** The same for many in their order, letting other work have its turn. `invalid` and `limited`: nothing was learned. */
	judgeAll(points: readonly ApiPoint[], options: ApiOptions): Promise<readonly ApiVerdict[]>;
	/** Begins a series anew from its history, which may come in any order; the same instant counts once. AppErrors as `judge`. */
	train(
		series: string,
		points: readonly Omit<ApiPoint, "series">[],
		options: ApiOptions,
	): Promise<ApiTraining>;
	/** What is held, newest use first. */
	status(): {
		readonly series: readonly ApiSeriesState[];
		readonly bytes: number;
		readonly points: number;
		readonly left: number;
	};
};
