import { RowSample } from "./row-sample.ts";
import { type ScoreTail, scoreTail } from "./score-tail.ts";

/** Scores that are held of the older and of the newer past. */
const HELD = 512;
/** Scores that are there before anything is said of what is rare. */
const FIRST = 192;
/** Scores between two looks at the tail. */
const APART = 32;
/** The newer past becomes the older one when it is half of all, and at the latest after so many scores. */
const LONGEST = 8192;

/**
 * What is rare, by the scores of rows that their forest had not seen: those it was trained from score lower, most of
 * all where rows that follow one another are alike. Of the past its newer half to three quarters count, for a forest
 * that has seen little scores all that is new to it high.
 */
export class UnseenScores {
	private older = new RowSample(HELD, 1, 1);
	private newer = new RowSample(HELD, 1, 2);
	private readonly one = new Float32Array(1);
	private known: ScoreTail | undefined;
	private total = 0;

	/** Undefined until 192 scores came. */
	get tail(): ScoreTail | undefined {
		return this.known;
	}

	/** Takes the score of a row before the forest is trained from it. */
	offer(score: number): void {
		this.one[0] = score;
		this.newer.offer(this.one);
		this.total += 1;
		if (this.total < FIRST || this.total % APART !== 0) return;
		this.known = scoreTail(Float64Array.from([...this.older.take(), ...this.newer.take()]));
		if (this.newer.offered < Math.min(LONGEST, Math.max(FIRST, this.total / 2))) return;
		this.older = this.newer;
		this.newer = new RowSample(HELD, 1, this.total);
	}

	/** Begins with scores that were saved, as with an older past. */
	take(scores: Float64Array): void {
		for (const score of scores) {
			this.one[0] = score;
			this.older.offer(this.one);
		}
		this.total = scores.length;
		this.known = scoreTail(scores);
	}
}
