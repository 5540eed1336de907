import { type FittedForecast, type Forecaster, pastErrors } from "./define-forecaster.ts";
import type { Grid } from "./regular-grid.ts";
import { solveRidge } from "./solve-ridge.ts";

const CHANGES = 25;
const CHANGES_WITHIN = 0.8;
const DAILY_WAVES = 4;
const WEEKLY_WAVES = 3;
const CALIBRATION_DAYS = 3;

/**
 * A trend of straight pieces and Fourier terms of day and week, all at once by ridge regression: the model of Prophet
 * (Taylor and Letham, Forecasting at Scale, The American Statistician 72, 2018) with its default numbers of terms, and
 * a ridge where Prophet has a Laplace prior on bends. The week counts from two weeks of history on. Its errors are those
 * of the same model fitted without the newest one, two and three days. Needs two days.
 */
export const additiveRegression: Forecaster = { name: "prophet-like", fit };

function fit(grid: Grid): FittedForecast | undefined {
	const { values, dayCells } = grid;
	const n = values.length;
	if (n < 2 * dayCells) return undefined;
	const design = designOf(n, dayCells);
	const { size } = design;
	const { mean, scale } = momentsOf(values);
	const cuts = Array.from(
		{ length: CALIBRATION_DAYS },
		(_, i) => n - (CALIBRATION_DAYS - i) * dayCells,
	).filter((cut) => cut >= dayCells);
	const matrix = new Float64Array(size * size);
	const right = new Float64Array(size);
	const row = new Float64Array(size);
	const errors: number[] = [];
	let from = 0;
	for (const cut of [...cuts, n]) {
		for (let i = from; i < cut; i++) {
			const value = ((values[i] ?? Number.NaN) - mean) / scale;
			if (Number.isNaN(value)) continue;
			design.write(row, i);
			for (let a = 0; a < size; a++) {
				const left = row[a] ?? 0;
				if (left === 0) continue;
				right[a] = (right[a] ?? 0) + left * value;
				for (let b = 0; b <= a; b++)
					matrix[a * size + b] = (matrix[a * size + b] ?? 0) + left * (row[b] ?? 0);
			}
		}
		from = cut;
		if (cut === n) break;
		const earlier = solveRidge(matrix, right, design.penalty, size);
		for (let i = cut; i < Math.min(n, cut + dayCells); i++)
			errors.push((values[i] ?? Number.NaN) - mean - scale * predict(design, row, earlier, i));
	}
	const weights = solveRidge(matrix, right, design.penalty, size);
	const past = pastErrors(Float64Array.from(errors), cuts.length * 4);
	return {
		at: (steps) => mean + scale * predict(design, row, weights, n - 1 + steps),
		errors: () => past,
	};
}

type Design = {
	readonly size: number;
	readonly penalty: Float64Array;
	/** Writes the terms of the cell `i`. */
	write(row: Float64Array, i: number): void;
};

function designOf(n: number, dayCells: number): Design {
	const weekly = n >= 14 * dayCells ? WEEKLY_WAVES : 0;
	const daily = Math.min(DAILY_WAVES, Math.floor((dayCells - 1) / 2));
	const size = 2 + CHANGES + 2 * (daily + weekly);
	const penalty = new Float64Array(size);
	// Bends are held back as Prophet's prior of .05 does, against the noise of a unit; waves hardly.
	penalty.fill(20, 2, 2 + CHANGES);
	penalty.fill(0.01, 2 + CHANGES);
	penalty[1] = 0.01;
	return {
		size,
		penalty,
		write: (row, i) => {
			const t = i / n;
			row[0] = 1;
			row[1] = t;
			for (let k = 0; k < CHANGES; k++)
				row[2 + k] = Math.max(0, t - (CHANGES_WITHIN * (k + 1)) / (CHANGES + 1));
			let at = 2 + CHANGES;
			for (let k = 1; k <= daily + weekly; k++) {
				const cycles = k <= daily ? k / dayCells : (k - daily) / (7 * dayCells);
				row[at++] = Math.sin(2 * Math.PI * cycles * i);
				row[at++] = Math.cos(2 * Math.PI * cycles * i);
			}
		},
	};
}

function predict(design: Design, row: Float64Array, weights: Float64Array, i: number): number {
	design.write(row, i);
	let sum = 0;
	for (let k = 0; k < design.size; k++) sum += (row[k] ?? 0) * (weights[k] ?? 0);
	return sum;
}

function momentsOf(values: Float64Array): { readonly mean: number; readonly scale: number } {
	let [count, mean, squares] = [0, 0, 0];
	for (const value of values) {
		if (Number.isNaN(value)) continue;
		count += 1;
		const apart = value - mean;
		mean += apart / count;
		squares += apart * (value - mean);
	}
	const scale = Math.sqrt(squares / Math.max(1, count));
	return { mean, scale: scale > 0 && Number.isFinite(scale) ? scale : 1 };
}
