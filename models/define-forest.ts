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

/** A trained forest. It holds no state: the same rows give the same answer. */
export type ForestModel = {
	readonly columns: number;
	/** Numbers that are said of a row: a probability for each class, or one score. */
	readonly outputs: number;
	/**
	 * What is said of each row, row by row, never NaN: of a classifier 0-1 with the sum 1, of an anomaly forest 0-1,
	 * towards 1 for what stands alone. Whatever the numbers in a row are. Written to `out` where that is given.
	 * AppError `invalid` where the last row is not whole.
	 */
	predict(values: Float32Array, out?: Float64Array): Float64Array;
	/** Each column's share in what the splits achieved, 0-1; none where the engine doesn't know. */
	readonly importances: Float64Array | undefined;
};

/** A kind of forest: one folder or file, one line in the registry. Bytes of another `version` are not read. */
export type Forest = {
	readonly name: string;
	readonly kind: "classifier" | "anomaly";
	readonly version: number;
	/** Trains; takes a while, so not where others wait. AppError `invalid` for data or options that can't be used. */
	train(data: ForestData, options: ForestOptions): Promise<Uint8Array>;
	/** The forest that `train` made; undefined for bytes that are damaged, newer or of something else. */
	open(bytes: Uint8Array): ForestModel | undefined;
};
