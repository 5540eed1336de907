import type { Sensitivity } from "../src/domain/watch.ts";

/** What a detector must know of the targets of a bank. `stepSeconds` > 0. */
export type TargetOptions = { readonly stepSeconds: number; readonly sensitivity: Sensitivity };

/** Why a target's score is what it is: one metric, or none where it lies between them; its share of the score (0-1). */
export type TargetReason = {
	readonly metric?: string;
	readonly signal: string;
	readonly share: number;
	/** In words, without the metric and the target. */
	readonly text: string;
};

/**
 * The judgement of one point of all metrics. `score` is 0 or more and never NaN; 1 is the threshold, the same for every
 * target. While `ready` is false nothing may be reported.
 */
export type TargetJudgement = {
	readonly ready: boolean;
	readonly score: number;
	readonly outside: boolean;
	/** How often this target had such a score or a higher one: 0-1. */
	readonly tailProbability: number;
};

/**
 * The running states of many targets (hosts, services, pods), each with many metrics: bounded, deterministic, without
 * look-ahead. Targets are addressed by slots, small numbers that are used again.
 */
export type TargetBank = {
	readonly size: number;
	/** Bytes that a target costs, apart from its names. */
	bytesOf(slot: number): number;
	/**
	 * A new target with these metrics, in the order of the values to come; gives its slot.
	 * @throws AppError `invalid` for a name that is there twice, or more than 512 metrics
	 */
	add(metrics: readonly string[]): number;
	remove(slot: number): void;
	/** The metrics that the target has from now on: those that stay keep their state, the others begin or are forgotten. */
	setMetrics(slot: number, metrics: readonly string[]): void;
	metrics(slot: number): readonly string[];
	/**
	 * Judges the next value of each metric and learns from it; gives the score. What is not finite is missing. A point
	 * that is not later than the one before is passed over with the score 0. `streamScores` are what a detector of
	 * single series said of these values, 1 being its threshold; NaN where it said nothing.
	 */
	push(slot: number, values: Float64Array, atMs: number, streamScores?: Float64Array): number;
	/** What was said of the newest point. */
	judgement(slot: number): TargetJudgement;
	/** What carried the newest score, strongest first. */
	reasons(slot: number): readonly TargetReason[];
	/** Points seen, and points needed before anything may be reported. */
	seen(slot: number): number;
	readonly needed: number;
	/** The states of these targets as bytes, in this order. */
	save(slots: readonly number[]): Uint8Array;
	/** Adds the targets that `save` wrote and gives their slots in its order; undefined where the bytes can't be read. */
	load(bytes: Uint8Array): readonly number[] | undefined;
};

/** A detector of targets. Bytes of another `version` are not read. */
export type TargetDetector = {
	readonly name: string;
	readonly version: number;
	open(options: TargetOptions): TargetBank;
};
