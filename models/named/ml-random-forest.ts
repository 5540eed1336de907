import { checkLabelled, inRange } from "../check-forest-data.ts";
import type { Forest, ForestData, ForestModel, ForestOptions } from "../define-forest.ts";
import { roomFor } from "../forest-output.ts";
import { filled, finiteRows } from "./finite-rows.ts";
import { flattenTrees, type TreeReader, walkTree } from "./flat-trees.ts";
import { namedBytes, readNamed } from "./named-bytes.ts";

const KIND = { content: 11, version: 1 };
/** Training grows with the square of the rows: 2,000 of 18 numbers and 100 trees take minutes. */
const MOST_ROWS = 5000;

/** A node of the package's trees; those of its type have no fields. */
type CartNode = {
	readonly left?: CartNode;
	readonly right?: CartNode;
	readonly splitColumn?: number;
	readonly splitValue?: number;
	readonly distribution?: { getRow(row: number): number[] };
};

/**
 * The package ml-random-forest, as it is: each class gets the share of the trees that the package counts for it. By
 * default 50 trees on all columns, for it draws columns once for a tree. At most 5,000 rows; a missing number is taken
 * as its column's median; weights of classes are passed over. Blocks the thread for seconds to minutes: never the
 * default, as the record of decisions says.
 */
export const mlRandomForest: Forest = {
	name: "ml-random-forest",
	kind: "classifier",
	version: KIND.version,
	train: trainMlRandomForest,
	open: openMlRandomForest,
};

async function trainMlRandomForest(data: ForestData, options: ForestOptions): Promise<Uint8Array> {
	const { trees = 50, depth, seed } = options;
	const { columns, rows: count, labels, classes } = checkLabelled(data, options);
	inRange("number of trees", trees, 1, 1000);
	inRange("number of rows", count, 1, MOST_ROWS);
	inRange("number of columns per tree", options.splitColumns ?? columns, 1, columns);
	if (depth !== undefined) inRange("depth", depth, 1, 64);
	const { rows, fill } = finiteRows(data.values, columns, count);
	// Loaded only where it is asked for: with ml-matrix it takes 6 MB.
	const { RandomForestClassifier } = await import("ml-random-forest");
	const forest = new RandomForestClassifier({
		nEstimators: trees,
		maxFeatures: options.splitColumns ?? columns,
		replacement: false,
		seed: seed | 0,
		noOOB: true,
		useSampleBagging: true,
		treeOptions: depth === undefined ? {} : { maxDepth: depth },
	});
	forest.train(rows, [...labels]);
	const estimators = (forest.estimators ?? []) as unknown as readonly { readonly root: CartNode }[];
	const grown = estimators.map(({ root }, i) => ({ root, reader: readerOf(forest.indexes?.[i] ?? []) }));
	return namedBytes(KIND, { trees: flattenTrees(grown, columns), fill, size: classes });
}

function openMlRandomForest(bytes: Uint8Array): ForestModel | undefined {
	const forest = readNamed(KIND, bytes);
	if (forest === undefined || forest.size > 16) return undefined;
	const { trees, fill, size: classes } = forest;
	if (!trees.ends.every((label) => Number.isInteger(label) && label >= 0 && label < classes))
		return undefined;
	return {
		columns: trees.columns,
		outputs: classes,
		importances: undefined,
		predict(values, out) {
			const shares = roomFor(values, trees.columns, classes, out);
			const whole = filled(values, fill);
			const count = values.length / trees.columns;
			shares.fill(0, 0, count * classes);
			for (let row = 0; row < count; row += 1)
				for (const root of trees.roots) {
					const at = row * classes + walkTree(trees, root, whole, row * trees.columns);
					shares[at] = (shares[at] ?? 0) + 1;
				}
			for (let i = 0; i < count * classes; i += 1) shares[i] = (shares[i] ?? 0) / trees.roots.length;
			return shares;
		},
	};
}

/** Reads a tree that was grown on some of the columns, which `columns` names. */
function readerOf(columns: readonly number[]): TreeReader<CartNode> {
	return {
		splitOf: ({ left, right, splitColumn, splitValue }) =>
			left === undefined || right === undefined || splitColumn === undefined || splitValue === undefined
				? undefined
				: { column: columns[splitColumn] ?? 0, value: splitValue, left, right },
		endOf: ({ distribution }) => {
			const shares = distribution?.getRow(0) ?? [];
			return Math.max(0, shares.indexOf(Math.max(...shares)));
		},
	};
}
