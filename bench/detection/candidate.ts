/** What a candidate is given of a series: no labels. */
export type Signal = {
	readonly name: string;
	readonly timesMs: Float64Array;
	readonly values: Float64Array;
};

/** Scores of 0 or more, one a point; from 1 on the point is an alarm by the setting of who made the candidate. */
export type Scores = Float32Array | Float64Array;

/** Something that scores a series point by point: a detector of ours or a peer. */
export type Candidate = {
	readonly name: string;
	/** Where it comes from, and what 1 stands for; one line. */
	readonly source: string;
	/** Undefined where it has nothing to say of this series. */
	score(signal: Signal): Scores | undefined | Promise<Scores | undefined>;
	/** Too slow for millions of points: such a row is left out where there are so many. */
	readonly slow?: boolean;
};
