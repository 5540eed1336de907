import type { Band } from "../src/domain/anomaly.ts";

/** What a detector must know of a watch. `stepSeconds` > 0; `minimumChange` >= 0 in the watch's unit. */
export type DetectorOptions = {
	readonly stepSeconds: number;
	readonly direction: "above" | "below" | "both";
	readonly minimumChange: number;
};

/**
 * The judgement of one point. `score` is 0 or more and never NaN; from 1 on the value is outside `band`.
 * While `ready` is false nothing may be reported, whatever the score.
 */
export type Verdict = {
	readonly ready: boolean;
	readonly score: number;
	readonly outside: boolean;
	readonly band?: Band;
	/** The usual level the value was compared with, in the watch's unit. */
	readonly usual?: number;
};

/** The running state of one series: bounded, deterministic, and without look-ahead. */
export type DetectorState = {
	/** Points seen and points needed before findings may be reported. */
	readonly seen: number;
	readonly needed: number;
	/** Judges the next value and learns from it. Values that are not finite are passed over: score 0. */
	push(value: number): Verdict;
	/** The state as bytes that `restore` of the same detector version reads. */
	snapshot(): Uint8Array;
};

/** A detector: one file, one line in the registry. */
export type Detector = {
	readonly name: string;
	readonly version: number;
	create(options: DetectorOptions): DetectorState;
	/** Undefined if the bytes are corrupt or of another version: the caller starts to learn anew and says so. */
	restore(bytes: Uint8Array, options: DetectorOptions): DetectorState | undefined;
};

/** Declares a detector; exists so that every detector is checked against the contract where it is written. */
export function defineDetector(detector: Detector): Detector {
	return detector;
}
