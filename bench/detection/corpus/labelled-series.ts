/** One series with its labels. Arrays are of equal length; times are as recorded, repeated and backward ones too. */
export type LabelledSeries = {
	/** The path in the data folder without its endings, as "realTweets/Twitter_volume_AAPL". */
	readonly name: string;
	/** The folder it is in, as "realTweets". */
	readonly category: string;
	readonly timesMs: Float64Array;
	readonly values: Float64Array;
	/** 1 where the point belongs to something abnormal. */
	readonly labels: Uint8Array;
	/** NAB's anomaly windows: first and last time, both included; in the order of time. */
	readonly windows: readonly Window[];
};

/** First and last time of an anomaly in milliseconds, both included. */
export type Window = readonly [startMs: number, endMs: number];

/** One service with many metrics on one clock. */
export type LabelledService = {
	/** As "d2-service00". */
	readonly name: string;
	readonly set: "d2" | "d3";
	readonly timesMs: Float64Array;
	/** One array a metric; a value that was not recorded is NaN. */
	readonly metrics: readonly Float64Array[];
	readonly metricNames: readonly string[];
	/** Of all points; those before `trainPoints` are unlabelled history and 0. */
	readonly labels: Uint8Array;
	readonly trainPoints: number;
};

/** What could be read, and a sentence for each file that could not. */
export type Readings<T> = { readonly items: readonly T[]; readonly skipped: readonly string[] };
