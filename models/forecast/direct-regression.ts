import { type FittedForecast, type Forecaster, type PastErrors, pastErrors } from "./define-forecaster.ts";
import { FEATURES, followTracks, type Tracks, writeFeatures } from "./direct-features.ts";
import { anchorsUpTo, betweenAnchors, nearestAnchor } from "./horizon-anchors.ts";
import type { Grid } from "./regular-grid.ts";
import { solveRidge } from "./solve-ridge.ts";

const SIZE = FEATURES + 1;
const MOST_ROWS = 500;
const TURNS = 3;
const ANCHOR_RATIO = 1.6;
/** The ridge counts as so many rows, and as two horizons of rows more: neighbouring rows of a far horizon are alike. */
const RIDGE_ROWS = 4;
const RIDGE_HORIZONS = 2;
const HALF_LIFE_DAYS = 5;

/**
 * For each horizon its own regression (direct forecasting, Marcellino, Stock and Watson 2006) of what comes, measured
 * from the level of the last 24 h, on how the days before went on (their discounted mean, yesterday, a week ago) and on
 * where the series stands now (its newest value, short means, the trend between two days). Least absolute errors by
 * reweighting (Schlossmacher 1973), a ridge that pulls towards the usual day, newer days counting more. Needs three days.
 */
export const directRegression: Forecaster = { name: "direct", fit };

function fit(grid: Grid, horizonCells: number): FittedForecast | undefined {
	const { values, filled, dayCells } = grid;
	const n = values.length;
	if (n < 3 * dayCells) return undefined;
	const tracks = followTracks(grid);
	const anchors = anchorsUpTo(
		Math.min(horizonCells, Math.max(dayCells, Math.floor(n / 3) - dayCells)),
		ANCHOR_RATIO,
	);
	const models = anchors.map((ahead) => fitHorizon(grid, tracks, ahead));
	const bounds = boundsOf(filled);
	const row = new Float64Array(SIZE);
	const level = tracks.level[n - 1] ?? 0;
	return {
		at: (steps) => {
			writeFeatures(grid, tracks, n - 1, steps, row, 0);
			row[FEATURES] = 1;
			const { before, after, share } = betweenAnchors(anchors, steps);
			let v = level;
			for (let k = 0; k < SIZE; k++)
				v +=
					(row[k] ?? 0) *
					((models[before]?.weights[k] ?? 0) * (1 - share) + (models[after]?.weights[k] ?? 0) * share);
			return Math.min(bounds.high, Math.max(bounds.low, v));
		},
		errors: (steps) => models[nearestAnchor(anchors, steps)]?.past ?? pastErrors(new Float64Array(0), 1),
	};
}

type HorizonModel = { readonly weights: Float64Array; readonly past: PastErrors };

function fitHorizon(grid: Grid, tracks: Tracks, ahead: number): HorizonModel {
	const { values, dayCells } = grid;
	const n = values.length;
	const first = Math.min(2 * dayCells, n - ahead - 1) - 1;
	const every = Math.max(1, Math.ceil((n - ahead - first) / MOST_ROWS));
	const most = Math.ceil((n - ahead - first) / every);
	const rows = new Float64Array(most * SIZE);
	const [targets, ages] = [new Float64Array(most), new Float64Array(most)];
	let count = 0;
	// From the newest origin backwards, so that it is always among them.
	for (let origin = n - 1 - ahead; origin >= first; origin -= every) {
		const value = values[origin + ahead] ?? Number.NaN;
		if (Number.isNaN(value)) continue;
		writeFeatures(grid, tracks, origin, ahead, rows, count * SIZE);
		rows[count * SIZE + FEATURES] = 1;
		targets[count] = value - (tracks.level[origin] ?? 0);
		ages[count] = 0.5 ** ((n - 1 - ahead - origin) / dayCells / HALF_LIFE_DAYS);
		count += 1;
	}
	const weights = leastAbsolute(rows, targets, ages, count, RIDGE_ROWS + (RIDGE_HORIZONS * ahead) / every);
	const errors = new Float64Array(count);
	for (let i = 0; i < count; i++) errors[i] = (targets[i] ?? 0) - dot(rows, i, weights);
	return { weights, past: pastErrors(errors, (n - 2 * dayCells) / ahead / 2) };
}

/** Least absolute errors by repeated weighted least squares. The ridge is in units of the features' own size. */
function leastAbsolute(
	rows: Float64Array,
	targets: Float64Array,
	ages: Float64Array,
	count: number,
	ridge: number,
): Float64Array {
	const matrix = new Float64Array(SIZE * SIZE);
	const right = new Float64Array(SIZE);
	const penalty = new Float64Array(SIZE);
	let weights = new Float64Array(SIZE);
	weights[1] = 1;
	const prior = Float64Array.from(weights);
	let scale = meanSize(targets, count);
	if (!(scale > 0)) return new Float64Array(SIZE);
	for (let turn = 0; turn < TURNS; turn++) {
		matrix.fill(0);
		right.fill(0);
		let total = 0;
		let errorSum = 0;
		for (let i = 0; i < count; i++) {
			const error = Math.abs((targets[i] ?? 0) - dot(rows, i, weights));
			errorSum += error;
			const weight = (ages[i] ?? 0) * (turn === 0 ? 1 : scale / Math.max(error, 0.1 * scale));
			total += weight;
			addRow(matrix, right, rows, i, (targets[i] ?? 0) - dot(rows, i, prior), weight);
		}
		scale = Math.max(errorSum / Math.max(1, count), 1e-9 * scale);
		for (let k = 0; k < SIZE; k++)
			penalty[k] = ridge * ((matrix[k * SIZE + k] ?? 0) / Math.max(1e-300, total)) + 1e-9 * total;
		const change = solveRidge(matrix, right, penalty, SIZE);
		weights = prior.map((value, k) => value + (change[k] ?? 0));
	}
	return weights;
}

function addRow(
	matrix: Float64Array,
	right: Float64Array,
	rows: Float64Array,
	index: number,
	target: number,
	weight: number,
): void {
	const at = index * SIZE;
	for (let a = 0; a < SIZE; a++) {
		const left = weight * (rows[at + a] ?? 0);
		right[a] = (right[a] ?? 0) + left * target;
		for (let b = 0; b <= a; b++)
			matrix[a * SIZE + b] = (matrix[a * SIZE + b] ?? 0) + left * (rows[at + b] ?? 0);
	}
}

function dot(rows: Float64Array, index: number, weights: Float64Array): number {
	let sum = 0;
	for (let k = 0; k < SIZE; k++) sum += (rows[index * SIZE + k] ?? 0) * (weights[k] ?? 0);
	return sum;
}

function meanSize(values: Float64Array, count: number): number {
	let sum = 0;
	for (let i = 0; i < count; i++) sum += Math.abs(values[i] ?? 0) / count;
	return sum;
}

/** What was ever seen, and half of its range beyond: a regression must not run away. */
function boundsOf(values: Float64Array): { readonly low: number; readonly high: number } {
	let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (const value of values) {
		if (value < low) low = value;
		if (value > high) high = value;
	}
	const room = high / 2 - low / 2;
	return { low: low - room, high: high + room };
}
