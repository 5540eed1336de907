import type { BankDetector } from "../../models/define-bank.ts";
import type { Candidate } from "./candidate.ts";
import type { ScoreHash } from "./hash-scores.ts";
import { isSlow } from "./known-detectors.ts";
import { runBank } from "./run-bank.ts";

/** What every section is given. */
export type Run = {
	readonly detector: BankDetector;
	readonly peers: readonly Candidate[];
	readonly data: string;
	/** Of all scores of the detector. */
	readonly hash: ScoreHash;
	/** Tells how far it is, on stderr. */
	say(text: string): void;
};

/** What a section gives back. */
export type SectionResult<T> = {
	/** Its tables. */
	readonly text: string;
	/** Its part of the JSON line; undefined where there was no data. */
	readonly json: T | undefined;
	/** Sentences on scores of the past that changed. */
	readonly broken: readonly string[];
};

/** The detector under test as a candidate. */
export function candidateOf(detector: BankDetector): Candidate {
	return {
		name: detector.name,
		source: "ours, of models/; 1 is its frozen threshold",
		slow: isSlow(detector),
		score: ({ timesMs, values }) => runBank(detector, timesMs, values),
	};
}

/** A number for JSON: rounded, and null where there is none. */
export function rounded(value: number, places: number): number | null {
	return Number.isFinite(value) ? Math.round(value * 10 ** places) / 10 ** places : null;
}
