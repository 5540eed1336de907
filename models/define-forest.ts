import type { ForestData, ForestOptions } from "../src/domain/forest-training.ts";

export type { ForestData, ForestOptions } from "../src/domain/forest-training.ts";

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
