import { AppError } from "../../src/domain/errors.ts";
import { seededRandom } from "../random.ts";
import { columnMedians } from "./column-medians.ts";
import { growTrees, type Trees } from "./grow-trees.ts";
import type { IsolationForest } from "./isolation-forest.ts";

/** `trees` 1 to 10,000 (100 are enough by the paper), `sample` 2 to 65,536 (256 by the paper), `seed` any 32 bits. */
export type ForestSize = { readonly trees: number; readonly sample: number; readonly seed: number };

/**
 * Trains an Isolation Forest (Liu, Ting, Zhou 2008 and 2012) on `rows`, which follow each other in one array of
 * `columns` numbers each. What is not finite counts as missing and is taken as the column's median. The same arguments
 * give the same forest. With fewer than two rows, or rows that are all the same, every row scores 0.5.
 * @throws AppError `invalid` where a size is out of its range or the last row is not whole
 */
export function trainIsolationForest(rows: Float32Array, columns: number, size: ForestSize): IsolationForest {
	check(isBetween(columns, 1, 32_767), "number of columns", columns);
	check(rows.length % columns === 0, "number of values", rows.length);
	check(isBetween(size.trees, 1, 10_000), "number of trees", size.trees);
	check(isBetween(size.sample, 2, 65_536), "sample", size.sample);
	const fill = columnMedians(rows, columns);
	const ground = { rows, columns, fill, sample: size.sample, random: seededRandom(size.seed) };
	return { columns, sample: size.sample, fill, ...growTrees(ground, size.trees) };
}

/**
 * The forest with its oldest `share` (0-1, at least one tree) of trees grown anew from `rows`; the others stay as they
 * are. Without rows, the forest itself.
 * @throws AppError `invalid` where the last row is not whole or `share` is out of its range
 */
export function retrainIsolationForest(
	forest: IsolationForest,
	rows: Float32Array,
	{ seed, share }: { readonly seed: number; readonly share: number },
): IsolationForest {
	const { columns, sample } = forest;
	check(rows.length % columns === 0, "number of values", rows.length);
	check(share >= 0 && share <= 1, "share", share);
	if (rows.length === 0) return forest;
	const renewed = Math.max(1, Math.round(forest.roots.length * share));
	const fill = columnMedians(rows, columns);
	const grown = growTrees({ rows, columns, fill, sample, random: seededRandom(seed) }, renewed);
	return { columns, sample, fill, ...joinTrees(forest, renewed, grown) };
}

/** The trees of `old` without the first `gone` ones, then those of `more`. */
function joinTrees(old: Trees, gone: number, more: Trees): Trees {
	const from = old.roots[gone] ?? old.feature.length;
	const kept = old.feature.length - from;
	const nodes = kept + more.feature.length;
	const roots = new Int32Array(old.roots.length - gone + more.roots.length);
	roots.set(old.roots.subarray(gone).map((root) => root - from));
	roots.set(
		more.roots.map((root) => root + kept),
		old.roots.length - gone,
	);
	const feature = new Int16Array(nodes);
	feature.set(old.feature.subarray(from));
	feature.set(more.feature, kept);
	const threshold = new Float32Array(nodes);
	threshold.set(old.threshold.subarray(from));
	threshold.set(more.threshold, kept);
	const left = new Int32Array(nodes);
	left.set(old.left.subarray(from));
	left.set(more.left, kept);
	return { roots, feature, threshold, left };
}

function isBetween(value: number, least: number, most: number): boolean {
	return Number.isSafeInteger(value) && value >= least && value <= most;
}

function check(holds: boolean, what: string, value: number): void {
	if (holds) return;
	throw new AppError(
		"invalid",
		`An Isolation Forest can't be trained with ${value} as its ${what}; see its limits.`,
	);
}
