import { AppError } from "../src/domain/errors.ts";
import type { ForestData, ForestOptions } from "./define-forest.ts";

const MOST_NUMBERS = 16_777_216;
const MOST_COLUMNS = 4096;
const MOST_CLASSES = 16;

/** What a classifier is trained on, checked. */
export type LabelledData = {
	readonly values: Float32Array;
	readonly columns: number;
	readonly rows: number;
	readonly labels: Uint8Array;
	readonly classes: number;
	/** What a row of each class counts. */
	readonly weights: Float64Array;
};

/**
 * The number of rows.
 * @throws AppError `invalid` without a row, where the last row is not whole, or beyond 16 million numbers
 */
export function countRows({ values, columns }: ForestData): number {
	inRange("number of columns", columns, 1, MOST_COLUMNS);
	if (values.length === 0 || values.length % columns !== 0)
		throw invalid("A forest needs at least one row, and every row needs all its columns.");
	if (values.length > MOST_NUMBERS)
		throw invalid(`A forest can be trained on ${MOST_NUMBERS} numbers at most; take fewer rows.`);
	return values.length / columns;
}

/**
 * The data of a classifier with its classes and their weights.
 * @throws AppError `invalid` where a row has no label, a label is out of range or a weight is not above 0
 */
export function checkLabelled(data: ForestData, options: ForestOptions): LabelledData {
	const rows = countRows(data);
	const { labels } = data;
	if (labels?.length !== rows) throw invalid("A classifier needs one label for each row.");
	let highest = 0;
	for (const label of labels) if (label > highest) highest = label;
	const classes = options.classes ?? highest + 1;
	inRange("number of classes", classes, 1, MOST_CLASSES);
	if (highest >= classes) throw invalid(`A label is ${highest}, but there are ${classes} classes, from 0.`);
	const weights = weightsOf(labels, classes, options.classWeights);
	return { values: data.values, columns: data.columns, rows, labels, classes, weights };
}

/** Throws AppError `invalid` unless `value` is a whole number from `least` to `most`. */
export function inRange(what: string, value: number, least: number, most: number): void {
	if (Number.isSafeInteger(value) && value >= least && value <= most) return;
	throw invalid(`The ${what} of a forest must be a whole number from ${least} to ${most}, not ${value}.`);
}

function weightsOf(labels: Uint8Array, classes: number, wanted: ForestOptions["classWeights"]): Float64Array {
	const weights = new Float64Array(classes).fill(1);
	if (wanted === "balanced") {
		const counts = new Float64Array(classes);
		for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
		const seen = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
		for (let i = 0; i < classes; i += 1) weights[i] = labels.length / (seen * Math.max(1, counts[i] ?? 1));
	} else if (wanted !== undefined) {
		if (wanted.length !== classes || !wanted.every((weight) => weight >= 0.001 && weight <= 1000))
			throw invalid("The weights of classes must be one number for each class, from 0.001 to 1,000.");
		weights.set(wanted);
	}
	return weights;
}

function invalid(message: string): AppError {
	return new AppError("invalid", message);
}
