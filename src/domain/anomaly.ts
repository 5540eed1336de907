import type { Severity } from "./severity.ts";
import type { Labels } from "./time-series.ts";

/** The range in which a value was expected, in the watch's unit. */
export type Band = { readonly low: number; readonly high: number };

/** A scored, explained finding on one series of a watch. Open until the series is back inside its band. */
export type Anomaly = {
	readonly id: string;
	readonly watch: string;
	readonly target: string;
	readonly environment: string;
	readonly labels: Labels;
	/** The watch's query: what the number on the card rests on. `labels` picks the series of its result. */
	readonly query: string;
	readonly incidentId: string;
	readonly openedAtMs: number;
	/** When the value first left its band, at or before `openedAtMs`. */
	readonly outsideSinceMs: number;
	readonly lastSeenAtMs: number;
	readonly closedAtMs?: number;
	/** 0 or more; 1 is the threshold at which a finding is reported. */
	readonly score: number;
	readonly severity: Severity;
	readonly value: number;
	readonly peak: number;
	readonly band: Band;
	/** One sentence on what is unusual, without the target. */
	readonly explanation: string;
};
