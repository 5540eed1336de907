import { checkLabelled, inRange } from "../check-forest-data.ts";
import type { Forest, ForestData, ForestOptions } from "../define-forest.ts";
import { roomFor } from "../forest-output.ts";
import { seededRandom } from "../random.ts";
import { binColumns, findBins, MOST_BINS } from "./bin-columns.ts";
import { calibrateVotes } from "./calibrate-votes.ts";
import { forestBytes, readForest, VERSION } from "./forest-bytes.ts";
import { growForest } from "./grow-forest.ts";
import { predictorOf } from "./predict-rows.ts";

/** Fewer different rows are not split: as accurate as pure leaves, with a third fewer nodes. */
const SPLIT_ROWS = 8;

/**
 * A Random Forest for classes (Breiman 2001): bootstrap rows, columns drawn for each split, gini, splits between at
 * most 255 quantile bins of a column (as LightGBM, Ke et al. 2017), and probabilities calibrated on out-of-bag votes.
 * A missing number (NaN) has a bin of its own below all others, so a split can set it apart; infinite numbers lie
 * beyond the others. By default 100 trees, the square root of the columns per split.
 */
export const randomForest: Forest = {
	name: "random-forest",
	kind: "classifier",
	version: VERSION,
	train: async (data, options) => trainRandomForest(data, options),
	open: (bytes) => {
		const forest = readForest(bytes);
		if (forest === undefined) return undefined;
		const { columns, classes, importances } = forest;
		const predictInto = predictorOf(forest);
		return {
			columns,
			outputs: classes,
			importances,
			predict: (values, out) => {
				const room = roomFor(values, columns, classes, out);
				predictInto(values, room);
				return room;
			},
		};
	},
};

/**
 * Trains at once, in the thread that asks: 2,000 rows of 18 numbers and 100 trees take about 0.1 s.
 * @throws AppError `invalid` for data or options that can't be used
 */
export function trainRandomForest(data: ForestData, options: ForestOptions): Uint8Array {
	const { trees = 100, depth = 64 } = options;
	const checked = checkLabelled(data, options);
	const { columns, values, labels, classes } = checked;
	const splitColumns = options.splitColumns ?? Math.max(1, Math.floor(Math.sqrt(columns)));
	inRange("number of trees", trees, 1, 1000);
	inRange("depth", depth, 1, 64);
	inRange("number of columns per split", splitColumns, 1, columns);
	const bins = findBins(values, columns, MOST_BINS);
	const random = seededRandom(options.seed);
	const growth = { trees, splitColumns, depth, splitRows: SPLIT_ROWS, random };
	const grown = growForest(checked, binColumns(bins, values, columns), growth);
	const whole = grown.decrease.reduce((sum, share) => sum + share, 0);
	return forestBytes({
		columns,
		classes,
		bins,
		trees: grown.trees,
		calibration: calibrateVotes(grown.votes, labels, classes),
		importances: grown.decrease.map((share) => (whole > 0 ? Math.min(1, Math.max(0, share / whole)) : 0)),
	});
}
