import { learnTail, rareness, TAIL_LEARN } from "./calibration.ts";
import { SAID_RAW, SEEN, TAIL_SCORE } from "./layout.ts";
import { THRESHOLD } from "./weights.ts";

/** A score counts as no higher than so many thresholds when it is learned what scores are usual. */
const LARGEST = 2;
/** What a tail that is learned from thousands of points can still say. */
const RAREST = 1e-9;

/** Learns a raw score. */
export function learnScore(d: Float64Array, raw: number): void {
	learnTail(d, TAIL_SCORE, Math.min(raw, LARGEST * THRESHOLD));
}

/**
 * How often the series gets a score as high as its newest, by its own past: between 1e-9 and 1, never larger for a higher score.
 * Before there is a past, a score at the threshold is taken to be rarer than any point so far.
 */
export function tailProbability(d: Float64Array): number {
	const raw = d[SAID_RAW] ?? 0;
	const young = (d[TAIL_SCORE] ?? 0) < TAIL_LEARN;
	const exponent = young
		? Math.min(LARGEST, raw / THRESHOLD) * Math.log10((d[SEEN] ?? 0) + 1)
		: rareness(d, TAIL_SCORE, raw);
	return Math.max(RAREST, Math.min(1, 10 ** -exponent));
}
