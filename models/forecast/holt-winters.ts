import { seededRandom } from "../random.ts";
import { type FittedForecast, type Forecaster, type PastErrors, pastErrors } from "./define-forecaster.ts";
import { anchorsUpTo, nearestAnchor } from "./horizon-anchors.ts";
import type { Grid } from "./regular-grid.ts";

/** Smoothing of level, trend and season, and how much of the trend is left after each step. */
type Parameters = {
	readonly alpha: number;
	readonly beta: number;
	readonly gamma: number;
	readonly phi: number;
};

const CANDIDATES = 60;
const SEED = 20_240_501;
const MOST_ORIGINS = 200;
const SEARCH_DAYS = 7;

/**
 * Exponential smoothing with a damped trend and an additive daily season, ETS(A,Ad,A) (Holt 1957, Winters 1960; in the
 * form of Hyndman, Koehler, Ord and Snyder, Forecasting with Exponential Smoothing, 2008). Parameters by a seeded random
 * search for the least absolute one-step error, then around the best. Needs two days.
 */
export const holtWinters: Forecaster = { name: "holt-winters", fit };

function fit(grid: Grid, horizonCells: number): FittedForecast | undefined {
	if (grid.values.length < 2 * grid.dayCells) return undefined;
	const parameters = search(newestDays(grid, SEARCH_DAYS));
	const run = smooth(grid, parameters, horizonCells);
	return { at: run.forecast, errors: run.errors };
}

function newestDays(grid: Grid, days: number): Grid {
	const from = Math.max(0, grid.values.length - days * grid.dayCells);
	return { ...grid, values: grid.values.subarray(from), filled: grid.filled.subarray(from) };
}

function search(grid: Grid): Parameters {
	const random = seededRandom(SEED);
	let best: Parameters = { alpha: 0.3, beta: 0.01, gamma: 0.1, phi: 0.95 };
	let least = oneStepError(grid, best);
	for (let turn = 0; turn < CANDIDATES; turn++) {
		const candidate = turn < CANDIDATES / 2 ? anywhere(random) : nearTo(best, random);
		const error = oneStepError(grid, candidate);
		if (error < least) [best, least] = [candidate, error];
	}
	return best;
}

/** Small smoothing factors differ by their ratio, so those are drawn by the logarithm. */
function anywhere(random: () => number): Parameters {
	return {
		alpha: 0.01 + 0.98 * random(),
		beta: 0.0005 * 400 ** random(),
		gamma: 0.005 * 190 ** random(),
		phi: 1 - 0.002 * 400 ** random(),
	};
}

function nearTo({ alpha, beta, gamma, phi }: Parameters, random: () => number): Parameters {
	const scaled = (value: number) => Math.min(0.995, Math.max(0.0005, value * 4 ** (random() - 0.5)));
	return { alpha: 1 - scaled(1 - alpha), beta: scaled(beta), gamma: scaled(gamma), phi: 1 - scaled(1 - phi) };
}

type State = { level: number; trend: number; readonly season: Float64Array };

/** Level and season of the first two days; the season is what they have in common. */
function begin({ filled, dayCells }: Grid): State {
	let level = 0;
	for (let i = 0; i < dayCells; i++) level += (filled[i] ?? 0) / dayCells;
	let second = 0;
	for (let i = dayCells; i < 2 * dayCells; i++) second += (filled[i] ?? 0) / dayCells;
	const season = new Float64Array(dayCells);
	for (let i = 0; i < dayCells; i++)
		season[i] = ((filled[i] ?? 0) - level + (filled[i + dayCells] ?? 0) - second) / 2;
	return { level, trend: 0, season };
}

/** Takes the next value in; gives the error of its forecast, NaN in a gap. */
function step(state: State, value: number, slot: number, { alpha, beta, gamma, phi }: Parameters): number {
	const before = state.level + phi * state.trend;
	const error = value - before - (state.season[slot] ?? 0);
	const learned = Number.isNaN(error) ? 0 : error;
	state.level = before + alpha * learned;
	state.trend = phi * state.trend + alpha * beta * learned;
	state.season[slot] = (state.season[slot] ?? 0) + gamma * (1 - alpha) * learned;
	return error;
}

function oneStepError(grid: Grid, parameters: Parameters): number {
	const state = begin(grid);
	const { values, dayCells } = grid;
	let total = 0;
	let slot = 0;
	for (let i = 0; i < values.length; i++) {
		const error = step(state, values[i] ?? Number.NaN, slot, parameters);
		if (i >= dayCells && !Number.isNaN(error)) total += Math.abs(error);
		slot = slot + 1 === dayCells ? 0 : slot + 1;
	}
	return Number.isFinite(total) ? total : Number.POSITIVE_INFINITY;
}

/** Runs through the history, and at origins on the way forecasts as far as will be asked, to know how that went. */
function smooth(grid: Grid, parameters: Parameters, horizonCells: number) {
	const { values, dayCells } = grid;
	const n = values.length;
	const state = begin(grid);
	const anchors = anchorsUpTo(Math.min(horizonCells, dayCells, n - 2 * dayCells));
	const every = Math.max(1, Math.floor((n - 2 * dayCells) / MOST_ORIGINS));
	const errors = anchors.map(() => [] as number[]);
	const damped = dampedSums(parameters.phi, Math.max(horizonCells, dayCells));
	for (let i = 0; i < n; i++) {
		step(state, values[i] ?? Number.NaN, i % dayCells, parameters);
		if (i < 2 * dayCells - 1 || (i % every !== 0 && anchors.length > 1)) continue;
		anchors.forEach((ahead, index) => {
			const value = values[i + ahead];
			if (value === undefined) return;
			const season = state.season[(i + ahead) % dayCells] ?? 0;
			errors[index]?.push(value - state.level - (damped[ahead] ?? 0) * state.trend - season);
		});
	}
	const past = errors.map((list, index) =>
		pastErrors(Float64Array.from(list), (n - 2 * dayCells) / (anchors[index] ?? 1)),
	);
	return {
		forecast: (steps: number) =>
			state.level +
			(damped[Math.min(steps, damped.length - 1)] ?? 0) * state.trend +
			(state.season[(n - 1 + steps) % dayCells] ?? 0),
		errors: (steps: number): PastErrors =>
			past[nearestAnchor(anchors, steps)] ?? pastErrors(new Float64Array(0), 1),
	};
}

/** The sum of phi + phi^2 + ... for each number of steps. */
function dampedSums(phi: number, most: number): Float64Array {
	const sums = new Float64Array(most + 1);
	let power = 1;
	for (let i = 1; i <= most; i++) {
		power *= phi;
		sums[i] = (sums[i - 1] ?? 0) + power;
	}
	return sums;
}
