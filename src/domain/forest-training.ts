/** What a forest is trained on: rows of numbers that follow each other, `values[row * columns + column]`. */
export type ForestData = {
	/** NaN stands for a missing number. */
	readonly values: Float32Array;
	readonly columns: number;
	/** The class of each row, from 0; for classifiers only. */
	readonly labels?: Uint8Array | undefined;
};

/** How a forest is trained. What is left out is as its engine says; what an engine has no use for, it passes over. */
export type ForestOptions = {
	/** Any 32 bits; the same seed, data and options give the same bytes. */
	readonly seed: number;
	/** 1 to 1,000 */
	readonly trees?: number | undefined;
	/** Rows that a tree is grown from. */
	readonly sample?: number | undefined;
	/** Columns that are looked at for a split: 1 to `columns`. */
	readonly splitColumns?: number | undefined;
	/** Splits above a leaf at most: 1 to 64. */
	readonly depth?: number | undefined;
	/** How many classes there are, where the labels may lack the last ones: 1 to 16. */
	readonly classes?: number | undefined;
	/** What a row of each class counts, above 0; "balanced" lets all classes count the same in sum. */
	readonly classWeights?: "balanced" | readonly number[] | undefined;
	/** Bytes of a forest of the same engine of which a share of the trees, the oldest, is grown anew. */
	readonly renew?: { readonly forest: Uint8Array; readonly share: number } | undefined;
};
