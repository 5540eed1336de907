/**
 * A trained Isolation Forest as flat arrays: plain data that can be handed to another thread. The nodes of all trees
 * follow each other, the oldest tree first; the children of a node are neighbours and come after it.
 */
export type IsolationForest = {
	/** Numbers in a row: 1 to 32,767. */
	readonly columns: number;
	/** Rows that a new tree is grown from, at most: 2 to 65,536. */
	readonly sample: number;
	/** The node that each tree starts at. */
	readonly roots: Int32Array;
	/** The column that a node splits on; -1 where a path ends. */
	readonly feature: Int16Array;
	/**
	 * Rows below it go left, the others right. Where a path ends: its length, with what the rows left there would have
	 * taken on, as a share of the usual length in a sample of the size the tree was grown from.
	 */
	readonly threshold: Float32Array;
	/** How many nodes further the left child is; the right one is next to it. 0 where a path ends. */
	readonly left: Int32Array;
	/** What stands in for a missing number: each column's median when the forest was last trained. */
	readonly fill: Float32Array;
};

const EULER_GAMMA = 0.577_215_664_901_532_9;

/**
 * The usual length of a path in a tree of `size` rows, c(n) = 2H(n-1) - 2(n-1)/n with H(i) = ln i + gamma
 * (Liu, Ting, Zhou 2012, "Isolation-Based Anomaly Detection", equation 1). c(256) is 10.245.
 */
export function usualPathLength(size: number): number {
	if (size < 2) return 0;
	if (size === 2) return 1;
	return 2 * (Math.log(size - 1) + EULER_GAMMA) - (2 * (size - 1)) / size;
}
