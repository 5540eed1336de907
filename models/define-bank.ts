import type { Band } from "../src/domain/anomaly.ts";
import type { Unit } from "../src/domain/quantity.ts";
import type { Sensitivity } from "../src/domain/watch.ts";

export type { Sensitivity } from "../src/domain/watch.ts";

/** What a detector must know of a watch. `stepSeconds` > 0; `minimumChange` >= 0 in the watch's unit. */
export type BankOptions = {
	readonly stepSeconds: number;
	readonly direction: "above" | "below" | "both";
	readonly minimumChange: number;
	readonly sensitivity: Sensitivity;
	/** What values are in, for words; plain numbers where it is not known. */
	readonly unit?: Unit;
};

/** Why a score is what it is: one signal of the detector, its share of the score (0-1), and words without the target. */
export type Reason = {
	readonly signal: string;
	readonly share: number;
	readonly text: string;
	/** How far the value is from what is usual, in the watch's unit; `text` goes on where the amount ends. */
	readonly distance?: number;
	/** Where a target is judged: the metric of it that this is about, its newest value, and where that was expected. */
	readonly metric?: { readonly name: string; readonly value: number; readonly band?: Band };
};

/**
 * The judgement of one point. `score` is 0 or more and never NaN; 1 is the threshold, the same for every series.
 * `outside`: the point belongs to something abnormal. While `ready` is false nothing may be reported.
 */
export type Judgement = {
	readonly ready: boolean;
	readonly score: number;
	readonly outside: boolean;
	/** How often a quiet series gets such a score or a higher one: 0-1. */
	readonly tailProbability: number;
	/** Where the value was expected, in the watch's unit. */
	readonly band?: Band;
	readonly usual?: number;
};

/**
 * The running states of many series of one watch: bounded, deterministic, without look-ahead; what was said of the
 * past does not change with what comes. Series are addressed by slots, small numbers that are used again.
 */
export type Bank = {
	/** Series that are held. */
	readonly size: number;
	/** Bytes that one series costs, without its labels. */
	readonly bytesPerSeries: number;
	/** A new series; gives its slot. */
	add(): number;
	remove(slot: number): void;
	/**
	 * Judges the next value and learns from it; gives the score. A value that is not finite, or not later than the one
	 * before, is passed over with the score 0. Gaps and other steps than `stepSeconds` are borne.
	 */
	push(slot: number, value: number, atMs: number): number;
	/** What was said of the newest value. */
	judgement(slot: number): Judgement;
	/** What carried the newest score, strongest first; in words for people. */
	reasons(slot: number): readonly Reason[];
	/** Points seen, and points needed before anything may be reported. */
	seen(slot: number): number;
	readonly needed: number;
	/**
	 * The states of these series as bytes, in this order. A detector may write them to `room`, where that is large
	 * enough, and give that part of it: what is saved again and again needs no new memory then.
	 */
	save(slots: readonly number[], room?: Uint8Array): Uint8Array;
	/** Adds the series that `save` wrote and gives their slots in its order; undefined where the bytes can't be read. */
	load(bytes: Uint8Array): readonly number[] | undefined;
	/** There where a slot is a target with many series, and not one series. */
	readonly gathering?: Gathering;
};

/** How the values of a target's series get in, before the target is pushed. */
export type Gathering = {
	/** Series of all targets. */
	readonly series: number;
	/**
	 * Notes the newest value of a series, by the text of its labels. False, and nothing is noted, where it is new and
	 * its target has no room for it, or `mayJoin` is false.
	 */
	put(slot: number, series: string, value: number, mayJoin: boolean): boolean;
	/**
	 * Judges all that was put of a target since the last time, and learns it; gives what `push` is to be called with
	 * for the same moment: the score at normal sensitivity. NaN where no finite value was put.
	 */
	settle(slot: number, atMs: number): number;
	/** Forgets what was put of a target since the last time. */
	discard(slot: number): void;
};

/** A detector: one file or folder, one line in the registry. Bytes of another `version` are not read. */
export type BankDetector = {
	readonly name: string;
	readonly version: number;
	open(options: BankOptions): Bank;
};
